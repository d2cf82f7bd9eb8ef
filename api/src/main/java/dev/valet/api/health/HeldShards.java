package dev.valet.api.health;

import dev.valet.api.health.MonotonicTime.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The shards that this prober holds, by its own monotonic time: a holder stops before its lease
 * ends in the database, however slow it or the database is. Thread-safe.
 */
@ApplicationScoped
class HeldShards {
  /** Length of a lease. */
  static final Duration LEASE = Duration.ofSeconds(12);

  /** The holder stops this long before its lease ends. */
  static final Duration MARGIN = Duration.ofSeconds(5);

  private final MonotonicTime time;
  private final Map<Integer, Held> held = new HashMap<>();

  HeldShards(MonotonicTime time) {
    this.time = time;
  }

  /** A shard and the token under which it was taken. */
  record Claim(int shard, long token) {}

  private record Held(long token, Moment safeUntil) {}

  /**
   * Notes claims.
   *
   * @param asked when the lease was asked for; it cannot end sooner than a lease after that
   */
  synchronized void hold(Collection<Claim> claims, Moment asked) {
    Moment safeUntil = asked.plus(LEASE.minus(MARGIN));
    claims.forEach(claim -> held.put(claim.shard(), new Held(claim.token(), safeUntil)));
  }

  /** Forgets all but these. */
  synchronized void keepOnly(Set<Integer> shards) {
    held.keySet().retainAll(shards);
  }

  synchronized void drop(Collection<Integer> shards) {
    shards.forEach(held::remove);
  }

  /** All claims, also those that are past their safe time: what is to be renewed. */
  synchronized List<Claim> all() {
    return held.entrySet().stream()
        .map(entry -> new Claim(entry.getKey(), entry.getValue().token()))
        .toList();
  }

  /** The claims under which work may be done now. */
  synchronized List<Claim> safe() {
    Moment now = time.now();
    return held.entrySet().stream()
        .filter(entry -> now.isBefore(entry.getValue().safeUntil()))
        .map(entry -> new Claim(entry.getKey(), entry.getValue().token()))
        .toList();
  }

  /** Whether work may be done now under exactly this claim. */
  synchronized boolean isSafe(Claim claim) {
    Held found = held.get(claim.shard());
    return found != null
        && found.token() == claim.token()
        && time.now().isBefore(found.safeUntil());
  }
}
