package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.agent.CommandOutcome;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Draining;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** What an agent's answers to drain and resume mean. Pure. */
final class DrainOutcomes {
  /** So that the words of a step do not change with every look. */
  private static final long ROUND_SECONDS = 10;

  private final LifecycleConfig config;
  private final Outcomes outcomes;

  DrainOutcomes(LifecycleConfig config) {
    this.config = config;
    this.outcomes = new Outcomes(config);
  }

  /** Time left, not less than zero. */
  Duration left(Draining draining, Instant now) {
    Duration left = Duration.between(now, draining.since().plus(config.drainDeadline()));
    return left.isNegative() ? Duration.ZERO : left;
  }

  Outcome asked(Claim claim, Draining draining, CommandOutcome answer, Instant now) {
    return switch (answer) {
      case CommandOutcome.Accepted accepted -> told(claim, draining, accepted.body(), now);
      case CommandOutcome.Refused no -> silent(claim, draining, no.reason(), now);
      case CommandOutcome.Unreachable no -> silent(claim, draining, no.reason(), now);
    };
  }

  private Outcome told(Claim claim, Draining draining, JsonObject progress, Instant now) {
    int active = Math.max(0, number(progress, "active"));
    int pending = Math.max(0, number(progress, "pendingEvents"));
    Draining heard = draining.heard(active);
    String waits = waits(heard, pending, settles(draining, progress, now));
    if (waits.isEmpty()) {
      String over = "No task is running";
      return outcomes.moved(claim, heard.over(over), over, now);
    }
    return waiting(claim, heard, waits + ", " + clock(left(draining, now)) + " left", now);
  }

  /** Whether the engine may not know yet that this worker is paused. */
  private boolean settles(Draining draining, JsonObject progress, Instant now) {
    return !Boolean.FALSE.equals(progress.getValue("registered"))
        && now.isBefore(draining.since().plus(config.drainSettle()));
  }

  private static String waits(Draining heard, int pending, boolean settles) {
    if (heard.active() > 0) {
      return heard.active() + (heard.active() == 1 ? " task" : " tasks") + " still running";
    }
    if (pending > 0) {
      return pending + (pending == 1 ? " result" : " results") + " not handed in yet";
    }
    return settles ? "Waiting until no more tasks are sent" : "";
  }

  private static int number(JsonObject progress, String name) {
    return progress.getValue(name) instanceof Number number ? number.intValue() : 0;
  }

  private Outcome silent(Claim claim, Draining draining, String reason, Instant now) {
    return waiting(claim, draining.silent(now), "The agent does not answer: " + reason, now);
  }

  private Outcome waiting(Claim claim, Draining draining, String detail, Instant now) {
    SandboxStatus status = claim.observed().status();
    return Outcome.of(
            outcomes.base(claim, now).phase(draining, status.reason()).build(),
            config.drainPeriod())
        .detail(detail);
  }

  Outcome resumed(Claim claim, Draining draining, CommandOutcome answer, Instant now) {
    return switch (answer) {
      case CommandOutcome.Accepted accepted -> running(claim, draining, "Taken back", now);
      case CommandOutcome.Refused no ->
          running(claim, draining, "Taken back; the agent takes no tasks: " + no.reason(), now);
      case CommandOutcome.Unreachable no -> silent(claim, draining, no.reason(), now);
    };
  }

  private Outcome running(Claim claim, Draining draining, String why, Instant now) {
    return outcomes.moved(claim, draining.running(now), why, now);
  }

  private static String clock(Duration left) {
    long seconds = (left.toSeconds() + ROUND_SECONDS - 1) / ROUND_SECONDS * ROUND_SECONDS;
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
