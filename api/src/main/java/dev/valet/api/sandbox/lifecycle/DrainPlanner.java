package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.sandbox.lifecycle.SandboxPlanner.ec2;
import static dev.valet.api.sandbox.lifecycle.SandboxPlanner.overdue;

import dev.valet.api.sandbox.lifecycle.SandboxAction.Call;
import dev.valet.api.sandbox.lifecycle.SandboxAction.CallEc2;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Drain;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Move;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Resume;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.DrainFor;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Draining;
import dev.valet.api.sandbox.lifecycle.Upgrade.Step;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides how long running tasks are waited for, and what comes after. Pure. */
final class DrainPlanner {
  private final LifecycleConfig config;

  DrainPlanner(LifecycleConfig config) {
    this.config = config;
  }

  /** An instance that is there, or a sandbox that shall go. */
  SandboxAction draining(Draining draining, Desired desired, Observed observed, Instant now) {
    if (isTakenBack(draining, desired, observed)) {
      return takenBack(draining, desired, observed, now);
    }
    if (draining.over() != null) {
      return drained(draining, desired, observed, now);
    }
    String why = enough(draining, desired, observed, now);
    return why == null ? new Drain(draining) : new Move(draining.over(why), why);
  }

  private static boolean isTakenBack(Draining draining, Desired desired, Observed observed) {
    return desired.state() == DesiredState.RUNNING
        && draining.next() != DrainFor.RESTART
        && !observed.upgrade().is(Step.REPLACE);
  }

  private SandboxAction takenBack(
      Draining draining, Desired desired, Observed observed, Instant now) {
    if (desired.restart() > observed.status().observedRestart()) {
      return new Move(draining.instead(DrainFor.RESTART), null);
    }
    return observed.contact() == null || isSilent(draining, now)
        ? new Move(draining.running(now), null)
        : new Resume(draining);
  }

  /** Why nothing is waited for any more; null if it is. */
  private @Nullable String enough(
      Draining draining, Desired desired, Observed observed, Instant now) {
    if (desired.forced()) {
      return "Forced: running tasks are not waited for";
    }
    if (observed.contact() == null) {
      return "There is no task worker: no agent has made contact";
    }
    Ec2Status ec2 = ec2(observed);
    if (ec2 != null && ec2 != Ec2Status.RUNNING) {
      return "There is no task worker: the instance does not run";
    }
    if (overdue(draining, config.drainDeadline(), now)) {
      return "The deadline of %d s is over; tasks still running: %d"
          .formatted(config.drainDeadline().toSeconds(), draining.active());
    }
    return isSilent(draining, now) ? "The agent does not answer; not waiting any longer" : null;
  }

  private boolean isSilent(Draining draining, Instant now) {
    Instant since = draining.silentSince();
    return since != null && !now.isBefore(since.plus(config.drainSilence()));
  }

  private static SandboxAction drained(
      Draining draining, Desired desired, Observed observed, Instant now) {
    return switch (desired.state()) {
      case TERMINATED -> new CallEc2(Call.TERMINATE, draining.terminating(now), null);
      case STOPPED -> stop(draining, observed, now);
      case RUNNING ->
          observed.upgrade().is(Step.REPLACE)
              ? new Move(draining.replacing(now), observed.upgrade().why())
              : new CallEc2(Call.REBOOT, draining.booting(observed.status().bootId(), now), null);
    };
  }

  private static SandboxAction stop(Draining draining, Observed observed, Instant now) {
    Ec2Status ec2 = ec2(observed);
    return ec2 == Ec2Status.STOPPING || ec2 == Ec2Status.STOPPED
        ? new Move(draining.stopping(now), null)
        : new CallEc2(Call.STOP, draining.stopping(now), null);
  }
}
