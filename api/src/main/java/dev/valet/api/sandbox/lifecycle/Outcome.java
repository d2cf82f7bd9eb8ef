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
 * @param attempt what became of the open attempt, for the same transaction; null for no change
 * @param openLaunch whether an attempt must be opened in the same transaction
 */
record Outcome(
    SandboxStatus next,
    Duration again,
    @Nullable String detail,
    @Nullable String action,
    @Nullable String error,
    @Nullable AttemptChange attempt,
    boolean openLaunch) {

  /** What is written of an attempt. */
  sealed interface AttemptChange {}

  /** It is closed, and how it ended. */
  record AttemptEnd(String attemptId, String outcome, @Nullable String instanceId)
      implements AttemptChange {}

  /** A complete listing lacked its instance; it stays open. */
  record AttemptAbsent(String attemptId) implements AttemptChange {}

  /** The instance that an attempt turned out to have launched; null if this is not about one. */
  @Nullable String launched() {
    return attempt instanceof AttemptEnd end ? end.instanceId() : null;
  }

  static Outcome of(SandboxStatus next, Duration again) {
    return new Outcome(next, again, null, null, null, null, false);
  }

  Outcome detail(@Nullable String text) {
    return new Outcome(next, again, text, action, error, attempt, openLaunch);
  }

  Outcome called(String name, @Nullable String answer) {
    return new Outcome(next, again, detail, name, answer, attempt, openLaunch);
  }

  Outcome attempt(AttemptChange change) {
    return new Outcome(next, again, detail, action, error, change, openLaunch);
  }

  Outcome opening() {
    return new Outcome(next, again, detail, action, error, attempt, true);
  }

  Outcome next(SandboxStatus other, Duration when) {
    return new Outcome(other, when, detail, action, error, attempt, openLaunch);
  }
}
