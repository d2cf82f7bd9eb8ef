package dev.valet.api.health;

import dev.valet.common.health.HealthStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws the verdict from one probe more. Pure: state, outcome, thresholds and time in, next state
 * and change out.
 *
 * <ul>
 *   <li>N failed probes in a row: unhealthy. N in a row that were not good: degraded.
 *   <li>M answers in a row: no longer unhealthy; M good ones in a row: healthy.
 *   <li>Until a probe of the boot has succeeded, failures within the grace do not count.
 *   <li>While the fleet is frozen, a healthy sandbox whose probes fail stays healthy; its failures
 *       are counted all the same.
 * </ul>
 */
final class VerdictPlanner {
  private VerdictPlanner() {}

  /**
   * The result of one probe.
   *
   * @param next what is known now
   * @param change the changed verdict; null if it stays
   * @param conditionsChanged whether other parts than before do not work, in the same verdict
   */
  record Plan(VerdictState next, @Nullable VerdictChange change, boolean conditionsChanged) {
    /** Whether others than the health feature care. */
    boolean isNews() {
      return change != null || conditionsChanged;
    }

    /** Whether a healthy sandbox would become unhealthy: what freezing is about. */
    boolean isFall() {
      return change != null
          && change.from() == HealthStatus.HEALTHY
          && change.to() == HealthStatus.UNHEALTHY;
    }
  }

  /** How a probe is judged, beside its outcome. */
  record Rules(Thresholds thresholds, Instant bootStartedAt, boolean frozen) {
    boolean inGrace(VerdictState state, Instant now) {
      return !state.bootAnswered() && now.isBefore(bootStartedAt.plus(thresholds.bootGrace()));
    }
  }

  static Plan plan(VerdictState state, ProbeOutcome outcome, Rules rules, Instant now) {
    if (!outcome.answered() && rules.inGrace(state, now)) {
      return new Plan(state, null, false);
    }
    VerdictState counted = count(state, outcome, rules.thresholds());
    HealthStatus verdict = verdict(counted, outcome, rules);
    if (verdict != state.status()) {
      return flip(counted, verdict, outcome, now);
    }
    List<String> conditions = conditions(counted, verdict, outcome);
    return conditions.equals(state.conditions())
        ? new Plan(counted, null, false)
        : new Plan(counted.withConditions(conditions, reason(counted, outcome)), null, true);
  }

  private static VerdictState count(VerdictState state, ProbeOutcome outcome, Thresholds limits) {
    boolean answered = outcome.answered();
    boolean good = outcome instanceof ProbeOutcome.Good;
    return new VerdictState(
        state.status(),
        state.since(),
        state.reason(),
        state.conditions(),
        answered ? 0 : increment(state.failures(), Integer.MAX_VALUE),
        answered ? increment(state.successes(), limits.successes()) : 0,
        good ? increment(state.goodRun(), limits.successes()) : 0,
        good ? 0 : increment(state.impairedRun(), limits.failures()),
        state.bootAnswered() || answered,
        state.healthySince(),
        state.healthyUntil());
  }

  private static int increment(int count, int limit) {
    return count >= limit ? limit : count + 1;
  }

  private static HealthStatus verdict(VerdictState counted, ProbeOutcome outcome, Rules rules) {
    Thresholds limits = rules.thresholds();
    HealthStatus status = counted.status();
    if (outcome instanceof ProbeOutcome.Failed
        && status == HealthStatus.HEALTHY
        && rules.frozen()) {
      return HealthStatus.HEALTHY;
    }
    if (counted.failures() >= limits.failures()) {
      return HealthStatus.UNHEALTHY;
    }
    if (counted.goodRun() >= limits.successes()) {
      return HealthStatus.HEALTHY;
    }
    boolean answersAgain =
        status == HealthStatus.UNHEALTHY && counted.successes() >= limits.successes();
    boolean impaired =
        status != HealthStatus.UNHEALTHY && counted.impairedRun() >= limits.failures();
    return answersAgain || impaired ? HealthStatus.DEGRADED : status;
  }

  private static Plan flip(
      VerdictState counted, HealthStatus verdict, ProbeOutcome outcome, Instant now) {
    String reason = reason(counted, outcome);
    VerdictState next = counted.become(verdict, now, reason, conditions(counted, verdict, outcome));
    return new Plan(next, new VerdictChange(counted.status(), verdict, reason, now), false);
  }

  /** Only a degraded sandbox has conditions; a failed or good probe in between leaves them. */
  private static List<String> conditions(
      VerdictState counted, HealthStatus verdict, ProbeOutcome outcome) {
    if (verdict != HealthStatus.DEGRADED) {
      return List.of();
    }
    return outcome instanceof ProbeOutcome.Impaired impaired
        ? impaired.conditions()
        : counted.conditions();
  }

  private static String reason(VerdictState counted, ProbeOutcome outcome) {
    return switch (outcome) {
      case ProbeOutcome.Failed failed -> counted.failures() + " probes failed: " + failed.detail();
      case ProbeOutcome.Impaired impaired -> impaired.detail();
      case ProbeOutcome.Good good -> counted.goodRun() + " probes succeeded";
    };
  }
}
