package dev.valet.common.audit;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A seal and the record that it names, as they are found.
 *
 * @param seq the seal's place
 * @param auditId the record's id
 * @param prev hash of the seal before, as this seal has it
 * @param hash the seal's hash
 * @param canonical the record's bytes; null if the record is gone
 * @param untrue columns beside the bytes that say something else than the bytes do
 */
public record SealedRow(
    long seq,
    UUID auditId,
    byte[] prev,
    byte[] hash,
    byte @Nullable [] canonical,
    List<String> untrue) {

  /** Copies the list. */
  public SealedRow {
    untrue = List.copyOf(untrue);
  }

  /** A seal whose record is gone. */
  public static SealedRow withoutRecord(long seq, UUID auditId, byte[] prev, byte[] hash) {
    return new SealedRow(seq, auditId, prev, hash, null, List.of());
  }
}
