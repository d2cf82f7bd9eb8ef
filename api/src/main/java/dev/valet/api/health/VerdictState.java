package dev.valet.api.health;

import dev.valet.common.health.HealthStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox's verdict and the counters that lead to the next one. The success-side counters stop at
 * the threshold that they serve, so that a sandbox that stays well has nothing new to store.
 *
 * @param status the verdict
 * @param since when it came to be
 * @param reason why, for people
 * @param conditions declared parts that do not work; empty unless degraded
 * @param failures failed probes in a row
 * @param successes answered probes in a row, at most the success threshold
 * @param goodRun good probes in a row, at most the success threshold
 * @param impairedRun probes in a row that were not good, at most the failure threshold
 * @param bootAnswered whether a probe of this boot succeeded: the end of its grace
 * @param healthySince start of the last healthy stretch
 * @param healthyUntil its end; null while there was none yet
 */
record VerdictState(
    HealthStatus status,
    Instant since,
    String reason,
    List<String> conditions,
    int failures,
    int successes,
    int goodRun,
    int impairedRun,
    boolean bootAnswered,
    @Nullable Instant healthySince,
    @Nullable Instant healthyUntil) {

  VerdictState {
    conditions = List.copyOf(conditions);
  }

  /** A boot that was not probed yet. */
  static VerdictState unknown(Instant since, String reason) {
    return new VerdictState(
        HealthStatus.UNKNOWN, since, reason, List.of(), 0, 0, 0, 0, false, null, null);
  }

  /** Whether the verdict was healthy at that time, as far as its last healthy stretch tells. */
  boolean wasHealthyAt(Instant time) {
    if (healthySince == null || healthySince.isAfter(time)) {
      return false;
    }
    return status == HealthStatus.HEALTHY || (healthyUntil != null && healthyUntil.isAfter(time));
  }

  /** The same counters with another verdict. */
  VerdictState become(HealthStatus next, Instant now, String why, List<String> impaired) {
    boolean recovers = next == HealthStatus.HEALTHY;
    boolean falls = status == HealthStatus.HEALTHY;
    return new VerdictState(
        next,
        now,
        why,
        impaired,
        failures,
        successes,
        goodRun,
        impairedRun,
        bootAnswered,
        recovers ? now : healthySince,
        falls ? now : healthyUntil);
  }

  VerdictState withConditions(List<String> impaired, String why) {
    return new VerdictState(
        status,
        since,
        why,
        impaired,
        failures,
        successes,
        goodRun,
        impairedRun,
        bootAnswered,
        healthySince,
        healthyUntil);
  }
}
