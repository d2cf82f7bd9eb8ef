package dev.valet.api.sandbox.lifecycle;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of an action, ready to be recorded.
 *
 * @param next the row as it should be
 * @param again when to look again; zero for at once
 * @param detail for the step of the open operation; null to leave it
 * @param action EC2's name of the call that was made; null without one
 * @param error what EC2 answered if it refused; null on success
 * @param attempt an attempt to close in the same transaction; null without one
 * @param openLaunch whether an attempt must be opened in the same transaction
 */
record Outcome(
    SandboxStatus next,
    Duration again,
    @Nullable String detail,
    @Nullable String action,
    @Nullable String error,
    @Nullable AttemptEnd attempt,
    boolean openLaunch) {

  /** How an attempt ended. */
  record AttemptEnd(String attemptId, String outcome, @Nullable String instanceId) {}

  static Outcome of(SandboxStatus next, Duration again) {
    return new Outcome(next, again, null, null, null, null, false);
  }

  Outcome detail(@Nullable String text) {
    return new Outcome(next, again, text, action, error, attempt, openLaunch);
  }

  Outcome called(String name, @Nullable String answer) {
    return new Outcome(next, again, detail, name, answer, attempt, openLaunch);
  }

  Outcome closing(AttemptEnd end) {
    return new Outcome(next, again, detail, action, error, end, openLaunch);
  }

  Outcome opening() {
    return new Outcome(next, again, detail, action, error, attempt, true);
  }

  Outcome next(SandboxStatus other, Duration when) {
    return new Outcome(other, when, detail, action, error, attempt, openLaunch);
  }
}
