package dev.valet.common.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong with the audit log.
 *
 * @param fault what kind of thing
 * @param seq the seal, or the first of several; null if there is none
 * @param toSeq the last seal of several; null if it is one
 * @param auditId the record; null if it is not known or there are several
 * @param detail in words for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditFinding(
    AuditFault fault,
    @Nullable Long seq,
    @Nullable Long toSeq,
    @Nullable UUID auditId,
    String detail) {

  /** About one seal and its record. */
  static AuditFinding of(AuditFault fault, SealedRow row, String detail) {
    return new AuditFinding(fault, row.seq(), null, row.auditId(), detail);
  }

  /** About the seals from one to another. */
  public static AuditFinding range(AuditFault fault, long from, long to, String detail) {
    return new AuditFinding(fault, from, from == to ? null : (Long) to, null, detail);
  }

  /** About a record without seal. */
  public static AuditFinding ofRecord(AuditFault fault, UUID auditId, String detail) {
    return new AuditFinding(fault, null, null, auditId, detail);
  }
}
