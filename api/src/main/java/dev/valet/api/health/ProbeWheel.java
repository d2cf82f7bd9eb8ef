package dev.valet.api.health;

import dev.valet.api.health.MonotonicTime.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who is to be probed when: one turn takes 10 s, each sandbox has its place on the rim by its id.
 * The place is the same in every prober, as turns begin at multiples of 10 s of the wall clock at
 * this process' start; after that only monotonic time moves the wheel. Not thread-safe.
 */
final class ProbeWheel {
  /** Time between two probes of a sandbox. */
  static final Duration PERIOD = Duration.ofSeconds(10);

  /** Resolution of the rim. */
  static final Duration STEP = Duration.ofMillis(20);

  private static final int PLACES = (int) PERIOD.dividedBy(STEP);
  private static final int SHARD_BITS = 8;

  private final List<Set<UUID>> rim = new ArrayList<>(PLACES);
  private final long offsetMillis;
  private long lastStep;

  /**
   * A wheel at rest.
   *
   * @param now where monotonic time is
   * @param wallMillis where the wall clock is at the same time
   */
  ProbeWheel(Moment now, long wallMillis) {
    for (int i = 0; i < PLACES; i++) {
      rim.add(new HashSet<>());
    }
    offsetMillis = Math.floorMod(wallMillis - now.millis(), PERIOD.toMillis());
    lastStep = step(now);
  }

  void add(UUID sandboxId) {
    rim.get(place(sandboxId)).add(sandboxId);
  }

  void remove(UUID sandboxId) {
    rim.get(place(sandboxId)).remove(sandboxId);
  }

  /** Who came by since the last call; after a pause of more than a turn, everyone once. */
  List<UUID> due(Moment now) {
    long step = step(now);
    long from = Math.max(lastStep, step - PLACES);
    lastStep = step;
    List<UUID> due = new ArrayList<>();
    for (long passed = from + 1; passed <= step; passed++) {
      due.addAll(rim.get((int) Math.floorMod(passed, (long) PLACES)));
    }
    return due;
  }

  /** The random bits of the id without those that choose the shard, so that shards spread too. */
  static int place(UUID sandboxId) {
    long random = sandboxId.getLeastSignificantBits() >>> SHARD_BITS;
    return (int) Math.floorMod(random ^ (random >>> 32), (long) PLACES);
  }

  private long step(Moment now) {
    return (now.millis() + offsetMillis) / STEP.toMillis();
  }
}
