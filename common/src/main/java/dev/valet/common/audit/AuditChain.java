package dev.valet.common.audit;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * How records hang together: {@code hash = SHA-256(0x01 || prev || seq || canonical)}, where {@code
 * prev} is the hash of the seal before (32 bytes; zeros before the first), {@code seq} counts from
 * 1 and stands as 8 bytes, most significant first, and {@code canonical} is the record in RFC 8785
 * JSON. All but the last part has a fixed length, so no two different seals have the same input.
 */
public final class AuditChain {
  /** Length of a hash. */
  public static final int HASH_BYTES = 32;

  private static final byte SEAL = 0x01;

  private AuditChain() {}

  /** What the first seal has as {@code prev}. */
  public static byte[] genesis() {
    return new byte[HASH_BYTES];
  }

  /** The hash of a seal. */
  public static byte[] hash(byte[] prev, long seq, byte[] canonical) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(SEAL);
      digest.update(prev);
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seq).array());
      return digest.digest(canonical);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
