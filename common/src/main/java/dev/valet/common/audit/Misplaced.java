package dev.valet.common.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seals that are whole but were made for another place. Each run of neighbours that are off by the
 * same distance is kept as one: seals that only changed places cancel out, and what remains was
 * pushed along by seals that were inserted or taken away, with the rest numbered anew.
 */
final class Misplaced {
  private static final int WINDOW = 8;

  /** More is noise: somebody shuffled the table. */
  private static final int MOST_RUNS = 200;

  private final List<Run> runs = new ArrayList<>();
  private long shift;

  /** Seals from one to another, made for places further on by the shift. */
  private record Run(long from, long to, long shift) {
    long weight() {
      return (to - from + 1) * shift;
    }
  }

  /** The place that a seal was made for; 0 if it fits nowhere near. */
  long madeFor(SealedRow row, byte[] canonical) {
    if (fits(row, canonical, row.seq())) {
      shift = 0;
      return row.seq();
    }
    if (shift != 0 && fits(row, canonical, row.seq() + shift)) {
      return row.seq() + shift;
    }
    for (long distance = 1; distance <= WINDOW; distance++) {
      for (long way : new long[] {distance, -distance}) {
        if (fits(row, canonical, row.seq() + way)) {
          shift = way;
          return row.seq() + way;
        }
      }
    }
    return 0;
  }

  void add(SealedRow row, long made) {
    long off = made - row.seq();
    Run latest = runs.isEmpty() ? null : runs.getLast();
    if (latest != null && latest.shift() == off && latest.to() == row.seq() - 1) {
      runs.set(runs.size() - 1, new Run(latest.from(), row.seq(), off));
    } else if (runs.size() < MOST_RUNS) {
      runs.add(new Run(row.seq(), row.seq(), off));
    }
  }

  List<AuditFinding> findings() {
    List<AuditFinding> findings = new ArrayList<>();
    List<Run> open = new ArrayList<>(runs);
    while (!open.isEmpty()) {
      Run run = open.removeFirst();
      Run partner = partner(run, open);
      if (partner == null) {
        findings.add(pushed(run));
      } else {
        open.remove(partner);
        findings.add(swapped(run));
        findings.add(swapped(partner));
      }
    }
    return findings;
  }

  private static @Nullable Run partner(Run run, List<Run> others) {
    return others.stream()
        .filter(other -> other.weight() == -run.weight())
        .findFirst()
        .orElse(null);
  }

  private static AuditFinding swapped(Run run) {
    long made = run.from() + run.shift();
    return AuditFinding.range(
        AuditFault.REORDERED,
        run.from(),
        run.to(),
        "Seal " + run.from() + " was made as seal " + made);
  }

  private static AuditFinding pushed(Run run) {
    long first = run.from();
    if (run.shift() > 0) {
      return AuditFinding.range(
          AuditFault.REMOVED,
          first,
          first + run.shift() - 1,
          "What was sealed here is gone; seals from " + first + " on were numbered anew");
    }
    return AuditFinding.range(
        AuditFault.INSERTED,
        first + run.shift(),
        first - 1,
        "This was not sealed here; seals from " + first + " on were numbered anew");
  }

  private static boolean fits(SealedRow row, byte[] canonical, long seq) {
    return seq > 0 && Arrays.equals(AuditChain.hash(row.prev(), seq, canonical), row.hash());
  }
}
