package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.sandbox.lifecycle.SandboxAction.Settle;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.DrainFor;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Running;
import dev.valet.common.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides whether a running sandbox that is otherwise as wanted is restarted automatically: because
 * it has been unhealthy for long enough, or because of a finding that nothing less has helped with.
 * Pure.
 */
final class RepairPlanner {
  private final LifecycleConfig config;

  RepairPlanner(LifecycleConfig config) {
    this.config = config;
  }

  SandboxAction running(Running running, Observed observed, Instant now) {
    Observed.Verdict verdict = observed.verdict();
    if (verdict.status() == HealthStatus.UNHEALTHY) {
      return unhealthy(running, observed, now);
    }
    return verdict.restartForIt()
        ? repair(running, observed, verdict.finding() + ": restarted automatically", now)
        : new Settle(config.settledPeriod());
  }

  private SandboxAction unhealthy(Running running, Observed observed, Instant now) {
    Instant since = observed.verdict().since() == null ? now : observed.verdict().since();
    Duration left = Duration.between(now, since.plus(observed.repairAfter()));
    if (left.isPositive()) {
      return new Settle(left);
    }
    return repair(
        running,
        observed,
        "Unhealthy for " + observed.repairAfter().toSeconds() + " s: restarted automatically",
        now);
  }

  /** At most so many an hour, and none while the fleet's repair is braked. */
  private SandboxAction repair(Running running, Observed observed, String reason, Instant now) {
    return observed.repairBraked() || Conditions.repairsExhausted(observed, config, now)
        ? new Settle(config.settledPeriod())
        : new SandboxAction.Repair(running.draining(DrainFor.RESTART, now), reason);
  }
}
