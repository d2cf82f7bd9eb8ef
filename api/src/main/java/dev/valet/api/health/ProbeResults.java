package dev.valet.api.health;

import dev.valet.api.agent.ProbeResult;
import dev.valet.api.health.HeldShards.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Results on their way to the database. Bounded by itself: a sandbox is probed every 10 s, and
 * probing ends 7 s after the last renewal of the leases. Thread-safe.
 */
@ApplicationScoped
class ProbeResults {
  private final HeldShards held;
  private final Deque<Result> waiting = new ArrayDeque<>();

  ProbeResults(HeldShards held) {
    this.held = held;
  }

  /** One result, and the target and claim for which it was asked. */
  record Result(UUID sandboxId, long targetVersion, Claim claim, ProbeResult answer, Instant at) {

    /** Whether target and claim are still the ones that were asked for. */
    boolean isFor(Probed known) {
      return known.targetVersion() == targetVersion && known.claim().equals(claim);
    }
  }

  synchronized void add(Result result) {
    waiting.add(result);
  }

  /**
   * Takes the oldest, at most so many and at most one of each sandbox; drops those whose claim does
   * not hold any more, so that nothing piles up while the database is away.
   */
  synchronized List<Result> take(int most) {
    waiting.removeIf(result -> !held.isSafe(result.claim()));
    List<Result> taken = new ArrayList<>();
    Set<UUID> sandboxes = new HashSet<>();
    while (taken.size() < most
        && !waiting.isEmpty()
        && sandboxes.add(waiting.getFirst().sandboxId())) {
      taken.add(waiting.removeFirst());
    }
    return taken;
  }

  /** Puts back what could not be written, in its order. */
  synchronized void putBack(List<Result> results) {
    results.reversed().forEach(waiting::addFirst);
  }

  synchronized void clear() {
    waiting.clear();
  }

  synchronized int size() {
    return waiting.size();
  }
}
