package dev.valet.api.sandbox.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.valet.api.sandbox.lifecycle.Observed.OpenAttempt;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Wait;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Failed;
import java.time.Duration;
import java.time.Instant;

/**
 * Decides how an open launch attempt comes to its end when its sandbox is to be terminated: it is
 * sent again, as the answer names the instance that must go; and if that is refused or stays
 * without answer, EC2's listings decide. Pure.
 */
final class AttemptPlanner {
  /** Code of a sandbox whose launch EC2 knows with other parameters: sending it tells nothing. */
  static final String LAUNCH_CONFLICT = "launch_conflict";

  /** Sends in a row without a final answer, after which listing is the better way. */
  private static final int ENOUGH_SENDS = 3;

  private final LifecycleConfig config;

  AttemptPlanner(LifecycleConfig config) {
    this.config = config;
  }

  SandboxAction resolve(OpenAttempt attempt, Observed observed, Instant now) {
    if (attempt.sentAt() == null) {
      return new SandboxAction.AbandonLaunch(attempt);
    }
    if (!conflict(observed) && observed.status().retries() < ENOUGH_SENDS) {
      return new SandboxAction.SendLaunch(attempt);
    }
    Instant next = nextListing(attempt);
    return now.isBefore(next)
        ? new Wait(
            Duration.between(now, next),
            "EC2 gave no final answer to RunInstances; its instance is looked for at " + next)
        : new SandboxAction.FindLaunch(attempt);
  }

  private Instant nextListing(OpenAttempt attempt) {
    Instant absent = attempt.absentAt();
    return absent == null
        ? requireNonNull(attempt.lastSentAt()).plus(config.launchVisible())
        : absent.plus(config.actionGrace());
  }

  private static boolean conflict(Observed observed) {
    return observed.status().phase() instanceof Failed failed
        && failed.code().equals(LAUNCH_CONFLICT);
  }
}
