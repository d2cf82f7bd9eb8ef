package dev.valet.common.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The public keys whose checkpoints are believed. */
public final class CheckpointKeys {
  private static final Pattern PUBLIC_BLOCK =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----");
  private static final int ID_DIGITS = 16;

  private final Map<String, PublicKey> keys;

  private CheckpointKeys(Map<String, PublicKey> keys) {
    this.keys = keys;
  }

  /**
   * The {@code PUBLIC KEY} blocks of a PEM text; whatever else is in it is passed over.
   *
   * @throws IllegalArgumentException if there is none, or one is not an Ed25519 key
   */
  public static CheckpointKeys ofPem(String pem) {
    Map<String, PublicKey> keys = new LinkedHashMap<>();
    Matcher blocks = PUBLIC_BLOCK.matcher(pem);
    while (blocks.find()) {
      PublicKey key = publicKey(blocks.group(1));
      keys.put(id(key), key);
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("it has no PUBLIC KEY block");
    }
    return new CheckpointKeys(keys);
  }

  /** How a checkpoint names the key that signed it. */
  public static String id(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** The first key of the text. */
  public PublicKey first() {
    return keys.values().iterator().next();
  }

  /** What is wrong with a checkpoint's signature; null if it is right. */
  public @Nullable AuditFinding fault(AuditCheckpoint checkpoint) {
    PublicKey key = keys.get(checkpoint.key());
    if (key == null) {
      return bad(
          checkpoint, "was signed with the key " + checkpoint.key() + ", which is not known");
    }
    return isSignedWith(key, checkpoint)
        ? null
        : bad(checkpoint, "does not have the signature of its key");
  }

  private static AuditFinding bad(AuditCheckpoint checkpoint, String what) {
    long seq = checkpoint.seq();
    return AuditFinding.range(
        AuditFault.BAD_SIGNATURE, seq, seq, "The checkpoint of seal " + seq + " " + what);
  }

  private static boolean isSignedWith(PublicKey key, AuditCheckpoint checkpoint) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(checkpoint.signed());
      return signature.verify(checkpoint.signature());
    } catch (GeneralSecurityException e) {
      return false; // A signature of a wrong length or form is a wrong signature.
    }
  }

  private static PublicKey publicKey(String base64) {
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(base64);
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("a PUBLIC KEY block is not an Ed25519 key", e);
    }
  }
}
