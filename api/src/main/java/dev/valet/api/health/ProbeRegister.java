package dev.valet.api.health;

import dev.valet.api.health.HeldShards.Claim;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sandboxes that this prober probes, in memory. Thread-safe. */
@ApplicationScoped
class ProbeRegister {
  private final MonotonicTime time;
  private final ProbeWheel wheel;
  private final Map<UUID, Probed> probed = new HashMap<>();

  ProbeRegister(MonotonicTime time, Clock clock) {
    this.time = time;
    this.wheel = new ProbeWheel(time.now(), clock.millis());
  }

  synchronized @Nullable Probed get(UUID sandboxId) {
    return probed.get(sandboxId);
  }

  synchronized List<Probed> all() {
    return List.copyOf(probed.values());
  }

  /** Whose time has come since the last call. */
  synchronized List<Probed> due() {
    List<Probed> due = new ArrayList<>();
    for (UUID sandboxId : wheel.due(time.now())) {
      Probed one = probed.get(sandboxId);
      if (one != null) {
        due.add(one);
      }
    }
    return due;
  }

  /**
   * Takes over a row that was read. What is known of the same target stays: it is as new or newer,
   * because only this prober writes results while it holds the shard.
   */
  synchronized void put(Probed read) {
    UUID sandboxId = read.target().sandboxId();
    Probed known = probed.get(sandboxId);
    boolean upToDate =
        known != null
            && known.claim().equals(read.claim())
            && known.targetVersion() >= read.targetVersion();
    if (!upToDate) {
      probed.put(sandboxId, read);
      wheel.add(sandboxId);
    }
  }

  /** Notes a stored result, unless the target has changed meanwhile. */
  synchronized void advance(Probed next) {
    probed.computeIfPresent(
        next.target().sandboxId(), (id, known) -> isSuccessor(next, known) ? next : known);
  }

  synchronized void remove(UUID sandboxId) {
    probed.remove(sandboxId);
    wheel.remove(sandboxId);
  }

  /** Forgets those whose claim is not among these. */
  synchronized void keepOnly(Collection<Claim> claims) {
    Set<Claim> held = Set.copyOf(claims);
    removeAll(
        probed.values().stream()
            .filter(one -> !held.contains(one.claim()))
            .map(one -> one.target().sandboxId())
            .collect(Collectors.toSet()));
  }

  /** Forgets those of the given shards that a complete reading of them did not show. */
  synchronized void keepOnly(Set<Integer> shards, Set<UUID> read) {
    removeAll(
        probed.keySet().stream()
            .filter(id -> shards.contains(Shards.of(id)) && !read.contains(id))
            .collect(Collectors.toSet()));
  }

  private void removeAll(Set<UUID> sandboxIds) {
    sandboxIds.forEach(this::remove);
  }

  private static boolean isSuccessor(Probed next, Probed known) {
    return next.targetVersion() == known.targetVersion() && next.claim().equals(known.claim());
  }
}
