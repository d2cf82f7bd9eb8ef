package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.sandbox.lifecycle.SandboxPlanner.ec2;
import static dev.valet.api.sandbox.lifecycle.SandboxPlanner.fail;
import static dev.valet.api.sandbox.lifecycle.SandboxPlanner.gone;
import static dev.valet.api.sandbox.lifecycle.SandboxPlanner.overdue;

import dev.valet.api.sandbox.lifecycle.SandboxAction.Call;
import dev.valet.api.sandbox.lifecycle.SandboxAction.CallEc2;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Move;
import dev.valet.api.sandbox.lifecycle.SandboxAction.OpenLaunch;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Settle;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Tell;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Wait;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.DrainFor;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Replacing;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Running;
import dev.valet.api.sandbox.lifecycle.Upgrade.Step;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import java.time.Duration;
import java.time.Instant;

/** Decides how an instance that is not as it is wanted comes to be so. Pure. */
final class ReplacementPlanner {
  private final LifecycleConfig config;

  ReplacementPlanner(LifecycleConfig config) {
    this.config = config;
  }

  /** An instance that runs. */
  SandboxAction running(Running running, Upgrade upgrade, Instant now) {
    return switch (upgrade.step()) {
      case NOTHING -> new Settle(config.settledPeriod());
      case TELL -> new Tell(upgrade.why());
      case RESTART -> new Move(running.draining(DrainFor.RESTART, now), upgrade.why());
      case REPLACE -> new Move(running.draining(DrainFor.REPLACE, now), upgrade.why());
    };
  }

  /** A stopped sandbox that shall stay so: its instance and its volume are not touched. */
  SandboxAction resting(Upgrade upgrade, Duration again) {
    return upgrade.is(Step.NOTHING)
        ? new Settle(again)
        : new Settle(again, upgrade.why() + "; takes effect at the next start");
  }

  /**
   * At most one instance at any time: nothing is launched before EC2 says that the old one is gone.
   * It is not turned back, whatever is wanted meanwhile: EC2 may have been asked already.
   */
  SandboxAction replacing(Replacing replacing, Desired desired, Observed observed, Instant now) {
    if (!observed.launched() || gone(observed, config, now)) {
      return switch (desired.state()) {
        case RUNNING -> new OpenLaunch(replacing.launching(now));
        case STOPPED ->
            new Move(replacing.stopped(now), "The old instance is gone; start launches a new one");
        case TERMINATED -> new Move(replacing.terminated(now), null);
      };
    }
    if (desired.state() == DesiredState.TERMINATED) {
      return new CallEc2(Call.TERMINATE, replacing.terminating(now), null);
    }
    if (overdue(replacing, config.terminateDeadline(), now)) {
      return fail(
          replacing,
          "replace_timeout",
          "EC2 did not terminate the old instance %s, so no new one was launched; start tries again"
              .formatted(observed.instanceId()),
          desired,
          now);
    }
    Ec2Status ec2 = ec2(observed);
    boolean ignored = ec2 != null && ec2 != Ec2Status.SHUTTING_DOWN;
    boolean ask = !replacing.asked() || overdue(replacing, config.actionGrace(), now);
    return ignored && ask
        ? new CallEc2(Call.TERMINATE, replacing.terminationAccepted(), null)
        : new Wait(
            config.transitionPeriod(), "Waiting until EC2 says that the old instance is gone");
  }
}
