package dev.valet.common.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks along seals in their order and finds what was done to them. Takes constant memory, however
 * long the log is. Not thread-safe; one walk each.
 */
public final class ChainWalk {
  private final Deque<AuditCheckpoint> ahead = new ArrayDeque<>();
  private final List<AuditFinding> findings = new ArrayList<>();
  private final Misplaced misplaced = new Misplaced();
  private final Mismatched mismatched = new Mismatched();

  private long expected;
  private byte[] hash;
  private @Nullable SealedRow last;

  /**
   * Whether the seal before is known to be wrong, so that the next one's link tells nothing new.
   */
  private boolean troubled;

  private long agreed;
  private long troubledAt = -1;
  private long cutUpTo;
  private int compared;

  /**
   * A walk.
   *
   * @param first the seal that must come first
   * @param before the hash of the seal before; {@link AuditChain#genesis} for the first of all
   */
  public ChainWalk(long first, byte[] before) {
    this.expected = first;
    this.agreed = first - 1;
    this.hash = before;
  }

  /** Checkpoints to compare with, whose signatures are right. Those behind the walk are ignored. */
  public void expect(List<AuditCheckpoint> checkpoints) {
    checkpoints.stream()
        .filter(one -> one.seq() >= expected)
        .sorted(Comparator.comparingLong(AuditCheckpoint::seq))
        .forEach(ahead::add);
  }

  /** The next seal; its number must be greater than those before. */
  public void next(SealedRow row) {
    if (row.seq() > expected) {
      gap(row);
    }
    judge(row);
    compare(row);
    expected = row.seq() + 1;
    hash = row.hash();
    last = row;
  }

  /** Where the walk is: the last seal, or the one before the first. */
  public long at() {
    return expected - 1;
  }

  /** How many checkpoints were compared. */
  public int compared() {
    return compared;
  }

  /**
   * Says that the log ends here, though something says that it went on to another seal.
   *
   * @param witness what says so, such as "its head" or "a checkpoint"
   */
  public void cutTail(long end, String witness) {
    if (end > Math.max(at(), cutUpTo)) {
      cutUpTo = end;
      findings.add(
          AuditFinding.range(
              AuditFault.CUT_TAIL,
              expected,
              end,
              "The log ends with seal " + at() + ", but " + witness + " names seal " + end));
    }
  }

  /** The log ends here: checkpoints of later seals show that its tail was cut. */
  public void end() {
    AuditCheckpoint furthest = ahead.peekLast();
    if (furthest != null) {
      cutTail(furthest.seq(), "a signed checkpoint");
    }
  }

  /** All that was found, in the order of seals; call once, at the end. */
  public List<AuditFinding> findings() {
    findings.addAll(misplaced.findings());
    findings.addAll(mismatched.findings());
    findings.sort(Comparator.comparingLong(one -> one.seq() == null ? Long.MAX_VALUE : one.seq()));
    return List.copyOf(findings);
  }

  private void gap(SealedRow row) {
    long missing = row.seq() - 1;
    String what = expected == missing ? "Seal " + missing + " is" : "These seals are";
    trouble(AuditFinding.range(AuditFault.REMOVED, expected, missing, what + " gone"));
  }

  private void judge(SealedRow row) {
    byte[] canonical = row.canonical();
    if (canonical == null) {
      trouble(AuditFinding.of(AuditFault.REMOVED, row, "The record is gone; its seal is left"));
      return;
    }
    long made = misplaced.madeFor(row, canonical);
    if (made == row.seq()) {
      inPlace(row);
    } else if (made > 0) {
      misplaced.add(row, made);
      trouble(row.seq());
    } else if (mismatched.add(row)) {
      trouble(row.seq());
    } else {
      trouble(AuditFinding.of(AuditFault.ALTERED, row, Mismatched.ALTERED));
    }
  }

  private void inPlace(SealedRow row) {
    boolean linked = Arrays.equals(row.prev(), hash);
    if (!linked && !troubled) {
      rewritten(row);
    }
    troubled = false;
    if (!row.untrue().isEmpty()) {
      trouble(
          AuditFinding.of(
              AuditFault.ALTERED,
              row,
              "The record is as it was, but not the columns beside it: "
                  + String.join(", ", row.untrue())));
      troubled = false;
    }
  }

  /** The seal before fits itself, but not what follows: it was made anew. */
  private void rewritten(SealedRow row) {
    String detail =
        "The record was rewritten together with its seal: seal " + row.seq() + " follows another";
    AuditFinding finding =
        last == null
            ? AuditFinding.range(AuditFault.ALTERED, row.seq() - 1, row.seq() - 1, detail)
            : AuditFinding.of(AuditFault.ALTERED, last, detail);
    trouble(finding);
  }

  private void compare(SealedRow row) {
    while (!ahead.isEmpty() && ahead.getFirst().seq() <= row.seq()) {
      AuditCheckpoint checkpoint = ahead.removeFirst();
      if (checkpoint.seq() == row.seq()) {
        compared++;
        compare(row, checkpoint);
      }
    }
  }

  private void compare(SealedRow row, AuditCheckpoint checkpoint) {
    if (checkpoint.agrees(row.hash())) {
      agreed = row.seq();
    } else if (troubledAt <= agreed) {
      trouble(
          AuditFinding.range(
              AuditFault.ALTERED,
              agreed + 1,
              row.seq(),
              "The chain was rewritten: it fits itself, but not the signed checkpoint of seal "
                  + row.seq()));
      troubled = false;
    }
  }

  private void trouble(AuditFinding finding) {
    findings.add(finding);
    trouble(finding.seq() == null ? expected : finding.seq());
  }

  private void trouble(long seq) {
    troubled = true;
    troubledAt = Math.max(troubledAt, seq);
  }
}
