package dev.valet.api.audit;

import dev.valet.api.audit.VerifyStore.RowsPage;
import dev.valet.api.audit.VerifyStore.Unsealed;
import dev.valet.common.audit.AuditCheckpoint;
import dev.valet.common.audit.AuditFault;
import dev.valet.common.audit.AuditFinding;
import dev.valet.common.audit.AuditVerification;
import dev.valet.common.audit.ChainWalk;
import dev.valet.common.audit.CheckpointKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one call of a verification has covered and found so far. */
final class Coverage {
  private final long from;
  private final int limit;
  private final CheckpointKeys believed;
  private final List<AuditFinding> findings = new ArrayList<>();

  private long lastSeal;
  private int seals;
  private boolean sealsDone;
  private long rows;
  private boolean rowsDone;
  private UUID lastRow = new UUID(0, 0);
  private int compared;

  Coverage(long from, int limit, CheckpointKeys believed) {
    this.from = from;
    this.limit = limit;
    this.believed = believed;
    this.lastSeal = from - 1;
  }

  long from() {
    return from;
  }

  /** How many seals and rows may still be looked at. */
  int left() {
    return (int) (limit - seals - rows);
  }

  void found(AuditFinding finding) {
    findings.add(finding);
  }

  /** The checkpoints whose signatures are right; the others are findings. */
  List<AuditCheckpoint> believable(List<AuditCheckpoint> all) {
    List<AuditCheckpoint> good = new ArrayList<>();
    for (AuditCheckpoint one : all) {
      AuditFinding fault = believed.fault(one);
      if (fault == null) {
        good.add(one);
      } else {
        found(fault);
      }
    }
    return good;
  }

  void sealsPassed(int count) {
    seals += count;
  }

  void walked(ChainWalk walk, boolean toTheEnd) {
    findings.addAll(walk.findings());
    compared += walk.compared();
    lastSeal = walk.at();
    sealsDone = toTheEnd;
  }

  boolean sealsDone() {
    return sealsDone;
  }

  long nextSeal() {
    return lastSeal + 1;
  }

  void rowsFrom(UUID after) {
    sealsDone = true;
    lastRow = after;
  }

  void rows(RowsPage page) {
    rowsDone = page.rows() < left();
    rows += page.rows();
    lastRow = page.last() == null ? lastRow : page.last();
    page.bad().forEach(one -> found(unsealed(one)));
  }

  boolean rowsDone() {
    return rowsDone;
  }

  UUID lastRow() {
    return lastRow;
  }

  void orphans(List<UUID> records) {
    records.forEach(record ->
        found(
            AuditFinding.ofRecord(
                AuditFault.REMOVED, record, "The record is gone; it was still to be sealed")));
  }

  AuditVerification answer(@Nullable String nextCursor, @Nullable AuditCheckpoint newest) {
    int most = Math.min(findings.size(), AuditVerification.MOST_FINDINGS);
    return new AuditVerification(
        findings.isEmpty(),
        rowsDone,
        from,
        lastSeal,
        rows,
        compared,
        findings.subList(0, most),
        nextCursor,
        newest);
  }

  private static AuditFinding unsealed(Unsealed row) {
    String detail =
        row.waits()
            ? "The record waits for its seal since more than a minute: see the loop audit-seal"
            : "The record has no seal and waits for none: it was inserted past the log, or its seal"
                + " was taken away";
    return AuditFinding.ofRecord(AuditFault.UNSEALED, row.auditId(), detail);
  }
}
