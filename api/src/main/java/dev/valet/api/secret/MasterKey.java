package dev.valet.api.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One of the installation's keys. It is used for nothing but the derivation of others, each for a
 * purpose of its own (one block of HKDF-Expand, RFC 5869: the key is uniformly random already).
 */
final class MasterKey {
  static final int BYTES = 32;
  static final int ID_BYTES = 8;

  private static final String HMAC = "HmacSHA256";
  private static final byte FIRST_BLOCK = 1;

  private final SecretKey key;
  private final SecretKey wrapping;
  private final byte[] id;

  /** A key of exactly {@link #BYTES} random bytes. */
  MasterKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + bytes.length);
    }
    this.key = new SecretKeySpec(bytes, HMAC);
    this.wrapping = new SecretKeySpec(derive("valet/vault/wrap"), "AES");
    this.id = Arrays.copyOf(derive("valet/vault/id"), ID_BYTES);
  }

  /** What envelopes name it by; tells nothing about the key. */
  byte[] id() {
    return id.clone();
  }

  boolean hasId(byte[] other) {
    return MessageDigest.isEqual(id, other);
  }

  /** The AES key that wraps data keys. */
  SecretKey wrapping() {
    return wrapping;
  }

  byte[] derive(String label) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update(label.getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(new byte[] {FIRST_BLOCK});
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + HMAC, e);
    }
  }
}
