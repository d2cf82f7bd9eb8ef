package dev.valet.common.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Seals that do not fit the record that they name. They may fit each other's: then records or seals
 * changed places, which an alteration cannot look like.
 */
final class Mismatched {
  static final String ALTERED = "The record and its seal do not fit: one of them was altered";

  /** Bounds memory, and the comparing of each with each. */
  private static final int MOST = 64;

  private final List<SealedRow> rows = new ArrayList<>();

  /** Keeps a seal for later comparison; false if there are too many. */
  boolean add(SealedRow row) {
    return rows.size() < MOST && rows.add(row);
  }

  List<AuditFinding> findings() {
    return rows.stream().map(this::finding).toList();
  }

  private AuditFinding finding(SealedRow row) {
    for (SealedRow other : rows) {
      if (other != row && (holdsRecordOf(row, other) || standsAt(row, other))) {
        return AuditFinding.of(
            AuditFault.REORDERED, row, "It changed places with seal " + other.seq());
      }
    }
    return AuditFinding.of(AuditFault.ALTERED, row, ALTERED);
  }

  /** Whether this seal was made of the other's record. */
  private static boolean holdsRecordOf(SealedRow row, SealedRow other) {
    return Arrays.equals(row.hash(), AuditChain.hash(row.prev(), row.seq(), bytes(other)));
  }

  /** Whether this seal and its record were made for the other's place. */
  private static boolean standsAt(SealedRow row, SealedRow other) {
    return Arrays.equals(row.hash(), AuditChain.hash(row.prev(), other.seq(), bytes(row)));
  }

  private static byte[] bytes(SealedRow row) {
    return Objects.requireNonNull(row.canonical());
  }
}
