package dev.valet.api.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Envelope encryption with AES-256-GCM: each secret has a random data key of its own, wrapped by
 * the newest master key. The layout, version 1:
 *
 * <pre>
 * version 1 | key id 8 | nonce 12 | wrapped data key 48 | nonce 12 | ciphertext, tag 16
 * </pre>
 *
 * The wrapped key authenticates what stands before it; the ciphertext authenticates the whole
 * header and the context. So no byte can change, and no part can move to another secret, unnoticed.
 */
final class Envelope {
  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final int WRAPPED = MasterKey.BYTES + TAG;
  private static final int PREFIX = 1 + MasterKey.ID_BYTES;
  private static final int HEADER = PREFIX + NONCE + WRAPPED;
  private static final int SHORTEST = HEADER + NONCE + TAG;

  private final KeyRing keys;
  private final SecureRandom random;

  Envelope(KeyRing keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  byte[] seal(byte[] plain, String context) {
    byte[] dataKey = random(MasterKey.BYTES);
    MasterKey master = keys.newest();
    byte[] prefix = ByteBuffer.allocate(PREFIX).put(VERSION).put(master.id()).array();
    try {
      byte[] wrapNonce = random(NONCE);
      byte[] wrapped = encrypt(master.wrapping(), wrapNonce, prefix, dataKey);
      byte[] header = concat(prefix, wrapNonce, wrapped);
      byte[] nonce = random(NONCE);
      return concat(header, nonce, encrypt(aes(dataKey), nonce, bound(header, context), plain));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot encrypt with AES-256-GCM", e);
    } finally {
      Arrays.fill(dataKey, (byte) 0);
    }
  }

  byte[] open(byte[] sealed, String context) {
    if (sealed.length < SHORTEST) {
      throw new IllegalStateException("a sealed secret is cut short: " + sealed.length + " bytes");
    }
    if (sealed[0] != VERSION) {
      throw new IllegalStateException("a sealed secret has unknown version " + sealed[0]);
    }
    MasterKey master = master(Arrays.copyOfRange(sealed, 1, PREFIX));
    try {
      return decrypt(sealed, dataKey(master, sealed), context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "a sealed secret was altered, or does not belong to " + context, e);
    }
  }

  private MasterKey master(byte[] id) {
    return keys.withId(id)
        .orElseThrow(() ->
            new IllegalStateException(
                "a secret was sealed with a key that the key file lacks: put the old key back"
                    + " as its last line"));
  }

  private static SecretKey dataKey(MasterKey master, byte[] sealed)
      throws GeneralSecurityException {
    byte[] prefix = Arrays.copyOf(sealed, PREFIX);
    byte[] nonce = Arrays.copyOfRange(sealed, PREFIX, PREFIX + NONCE);
    byte[] wrapped = Arrays.copyOfRange(sealed, PREFIX + NONCE, HEADER);
    return aes(cipher(Cipher.DECRYPT_MODE, master.wrapping(), nonce, prefix).doFinal(wrapped));
  }

  private static byte[] decrypt(byte[] sealed, SecretKey dataKey, String context)
      throws GeneralSecurityException {
    byte[] header = Arrays.copyOf(sealed, HEADER);
    byte[] nonce = Arrays.copyOfRange(sealed, HEADER, HEADER + NONCE);
    return cipher(Cipher.DECRYPT_MODE, dataKey, nonce, bound(header, context))
        .doFinal(sealed, HEADER + NONCE, sealed.length - HEADER - NONCE);
  }

  private static byte[] encrypt(SecretKey key, byte[] nonce, byte[] bound, byte[] plain)
      throws GeneralSecurityException {
    return cipher(Cipher.ENCRYPT_MODE, key, nonce, bound).doFinal(plain);
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] bound)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
    cipher.updateAAD(bound);
    return cipher;
  }

  private static byte[] bound(byte[] header, String context) {
    return concat(header, context.getBytes(StandardCharsets.UTF_8));
  }

  private static SecretKey aes(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] concat(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
