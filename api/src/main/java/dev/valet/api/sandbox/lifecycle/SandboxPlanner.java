package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.Instance;
import dev.valet.api.compute.TagChange;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Call;
import dev.valet.api.sandbox.lifecycle.SandboxAction.CallEc2;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Move;
import dev.valet.api.sandbox.lifecycle.SandboxAction.OpenLaunch;
import dev.valet.api.sandbox.lifecycle.SandboxAction.SetTags;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Settle;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Wait;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Booting;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.DrainFor;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Draining;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Failed;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Launching;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Pending;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Replacing;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Running;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Stopped;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Stopping;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Terminated;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Terminating;
import dev.valet.api.sandbox.lifecycle.Upgrade.Step;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides the next action for one sandbox from what is wanted and what was found. Pure and
 * level-triggered: it never asks how things came about, only how they are.
 */
final class SandboxPlanner {
  static final String TERMINATED_EXTERNALLY = "terminated_externally";
  private static final String GONE =
      "The instance was terminated outside Valet; start launches a new one";

  private final LifecycleConfig config;
  private final AttemptPlanner attempts;
  private final ReplacementPlanner upgrades;
  private final DrainPlanner drains;
  private final RepairPlanner repairs;

  SandboxPlanner(LifecycleConfig config) {
    this.config = config;
    this.attempts = new AttemptPlanner(config);
    this.upgrades = new ReplacementPlanner(config);
    this.drains = new DrainPlanner(config);
    this.repairs = new RepairPlanner(config);
  }

  /** The next action. */
  SandboxAction plan(Desired desired, Observed observed, Instant now) {
    SandboxAction next = ofPhase(desired, observed, now);
    return next instanceof Settle settle ? tagged(settle, desired, observed) : next;
  }

  /** Tags come last: they wait for everything that changes the instance itself. */
  private static SandboxAction tagged(Settle settle, Desired desired, Observed observed) {
    Instance instance = observed.instance();
    TagChange change = desired.tagChange(observed.status());
    return instance == null || ending(instance.status()) || change.isEmpty()
        ? settle
        : new SetTags(change, instance.instanceId(), instance.volumeIds(), settle.again());
  }

  private static boolean ending(Ec2Status ec2) {
    return ec2 == Ec2Status.SHUTTING_DOWN || ec2 == Ec2Status.TERMINATED;
  }

  private SandboxAction ofPhase(Desired desired, Observed observed, Instant now) {
    return switch (observed.status().phase()) {
      case Pending pending -> pending(pending, desired, now);
      case Launching launching -> launching(launching, desired, observed, now);
      case Booting booting -> booting(booting, desired, observed, now);
      case Running running -> running(running, desired, observed, now);
      case Draining draining -> draining(draining, desired, observed, now);
      case Stopping stopping -> stopping(stopping, desired, observed, now);
      case Stopped stopped -> stopped(stopped, desired, observed, now);
      case Replacing replacing -> upgrades.replacing(replacing, desired, observed, now);
      case Terminating terminating -> terminating(terminating, observed, now);
      case Terminated terminated -> new Settle(config.settledPeriod());
      case Failed failed -> failed(failed, desired, observed, now);
    };
  }

  private SandboxAction pending(Pending pending, Desired desired, Instant now) {
    return switch (desired.state()) {
      case RUNNING -> new OpenLaunch(pending.launching(now));
      case STOPPED -> new Move(pending.stopped(now), "Stopped before it was launched");
      case TERMINATED -> new Move(pending.terminated(now), "Terminated before it was launched");
    };
  }

  private SandboxAction launching(
      Launching launching, Desired desired, Observed observed, Instant now) {
    boolean overdue = overdue(launching, config.launchDeadline(), now);
    Observed.OpenAttempt attempt = observed.attempt();
    if (attempt != null) {
      if (desired.state() == DesiredState.TERMINATED) {
        return attempts.resolve(attempt, observed, now);
      }
      boolean outdated = !attempt.blueprint().equals(desired.blueprint());
      if (attempt.sentAt() == null && (desired.state() != DesiredState.RUNNING || outdated)) {
        return new SandboxAction.AbandonLaunch(attempt);
      }
      if (overdue) {
        return fail(
            launching, "launch_timeout", "EC2 gave no final answer to RunInstances", desired, now);
      }
      return new SandboxAction.SendLaunch(attempt);
    }
    return switch (desired.state()) {
      case TERMINATED -> new Move(launching.terminated(now), "Terminated before it was launched");
      case STOPPED -> new Move(launching.stopped(now), "Stopped before it was launched");
      case RUNNING ->
          overdue
              ? fail(
                  launching,
                  "no_capacity",
                  "EC2 has no capacity for any type and zone of the template",
                  desired,
                  now)
              : new OpenLaunch(launching);
    };
  }

  private SandboxAction booting(Booting booting, Desired desired, Observed observed, Instant now) {
    if (desired.state() == DesiredState.TERMINATED) {
      return new CallEc2(Call.TERMINATE, booting.terminating(now), null);
    }
    if (lost(observed, now)) {
      return terminatedExternally(booting, desired, now);
    }
    Ec2Status ec2 = ec2(observed);
    if (desired.state() == DesiredState.RUNNING && observed.upgrade().is(Step.REPLACE)) {
      return new Move(booting.replacing(now), observed.upgrade().why());
    }
    if (desired.state() == DesiredState.STOPPED) {
      return switch (ec2) {
        case RUNNING -> new CallEc2(Call.STOP, booting.stopping(now), null);
        case STOPPING, STOPPED -> new Move(booting.stopping(now), null);
        case null, default ->
            new Wait(config.transitionPeriod(), "EC2 does not stop an instance that is pending");
      };
    }
    if (ec2 == Ec2Status.RUNNING && contacted(booting, observed)) {
      return new Move(booting.running(now), null);
    }
    if (booting.boot() == SandboxPhase.Boot.REBOOT
        && ec2 == Ec2Status.RUNNING
        && overdue(booting, config.rebootDeadline(), now)) {
      return new CallEc2(
          Call.STOP, booting.stopping(now), "No contact after the reboot: stopped and started");
    }
    if (overdue(booting, config.bootDeadline(), now)) {
      return fail(booting, "boot_timeout", bootProblem(ec2), desired, now);
    }
    if (ec2 == Ec2Status.STOPPED && overdue(booting, config.actionGrace(), now)) {
      return new CallEc2(Call.START, booting.again(), "EC2 says stopped; starting it again");
    }
    return new Wait(config.transitionPeriod(), bootProgress(ec2));
  }

  private SandboxAction running(Running running, Desired desired, Observed observed, Instant now) {
    if (desired.state() == DesiredState.TERMINATED) {
      return new Move(running.draining(DrainFor.TERMINATE, now), null);
    }
    if (lost(observed, now)) {
      return terminatedExternally(running, desired, now);
    }
    if (desired.state() == DesiredState.STOPPED) {
      return new Move(running.draining(DrainFor.STOP, now), null);
    }
    Ec2Status ec2 = ec2(observed);
    if (ec2 == Ec2Status.STOPPING || ec2 == Ec2Status.STOPPED) {
      return new Move(
          running.stopping(now), "The instance was stopped outside Valet; it is started again");
    }
    if (!observed.upgrade().is(Step.NOTHING)) {
      return upgrades.running(running, observed.upgrade(), now);
    }
    if (desired.restart() > observed.status().observedRestart()) {
      return new Move(running.draining(DrainFor.RESTART, now), null);
    }
    return repairs.running(running, observed, now);
  }

  private SandboxAction draining(
      Draining draining, Desired desired, Observed observed, Instant now) {
    return desired.state() != DesiredState.TERMINATED && lost(observed, now)
        ? terminatedExternally(draining, desired, now)
        : drains.draining(draining, desired, observed, now);
  }

  private SandboxAction stopping(
      Stopping stopping, Desired desired, Observed observed, Instant now) {
    if (desired.state() == DesiredState.TERMINATED) {
      return new CallEc2(Call.TERMINATE, stopping.terminating(now), null);
    }
    if (lost(observed, now)) {
      return terminatedExternally(stopping, desired, now);
    }
    Ec2Status ec2 = ec2(observed);
    if (ec2 == Ec2Status.STOPPED) {
      return new Move(stopping.stopped(now), null);
    }
    if (overdue(stopping, config.stopDeadline().multipliedBy(2), now)) {
      return fail(stopping, "stop_timeout", "EC2 did not stop the instance", desired, now);
    }
    if (overdue(stopping, config.stopDeadline(), now)) {
      return new CallEc2(Call.FORCE_STOP, stopping, "EC2 takes long to stop it; forced");
    }
    boolean undone = ec2 == Ec2Status.RUNNING && overdue(stopping, config.actionGrace(), now);
    if (undone && desired.state() == DesiredState.STOPPED) {
      return new CallEc2(Call.STOP, stopping, null);
    }
    if (undone) {
      return new CallEc2(
          Call.REBOOT, stopping.booting(observed.status().bootId(), now), "Restarted");
    }
    return new Wait(config.transitionPeriod(), null);
  }

  private SandboxAction stopped(Stopped stopped, Desired desired, Observed observed, Instant now) {
    if (!observed.launched()) {
      return switch (desired.state()) {
        case RUNNING -> new OpenLaunch(stopped.launching(now));
        case STOPPED -> new Settle(config.settledPeriod());
        case TERMINATED -> new Move(stopped.terminated(now), null);
      };
    }
    if (desired.state() == DesiredState.TERMINATED) {
      return new CallEc2(Call.TERMINATE, stopped.terminating(now), null);
    }
    if (lost(observed, now)) {
      return terminatedExternally(stopped, desired, now);
    }
    Ec2Status ec2 = ec2(observed);
    boolean up = ec2 == Ec2Status.RUNNING || ec2 == Ec2Status.PENDING;
    if (desired.state() == DesiredState.RUNNING && observed.upgrade().is(Step.REPLACE)) {
      return new Move(stopped.replacing(now), observed.upgrade().why());
    }
    if (desired.state() == DesiredState.RUNNING) {
      Booting booting = stopped.booting(observed.status().bootId(), now);
      return up ? new Move(booting, null) : new CallEc2(Call.START, booting, null);
    }
    if (ec2 == Ec2Status.RUNNING) {
      return new CallEc2(
          Call.STOP, stopped.stopping(now), "Started outside Valet; it is stopped again");
    }
    return upgrades.resting(
        observed.upgrade(), up ? config.transitionPeriod() : config.settledPeriod());
  }

  private SandboxAction terminating(Terminating terminating, Observed observed, Instant now) {
    if (gone(observed, config, now)) {
      return new Move(terminating.terminated(now), null);
    }
    Ec2Status ec2 = ec2(observed);
    boolean ignored = ec2 != null && ec2 != Ec2Status.SHUTTING_DOWN;
    return ignored && overdue(terminating, config.actionGrace(), now)
        ? new CallEc2(Call.TERMINATE, terminating, null)
        : new Wait(config.transitionPeriod(), null);
  }

  private SandboxAction failed(Failed failed, Desired desired, Observed observed, Instant now) {
    if (desired.state() == DesiredState.TERMINATED) {
      return endFailed(failed, observed, now);
    }
    if (desired.generation() <= failed.generation()) {
      return new Settle(config.settledPeriod());
    }
    if (observed.attempt() != null) {
      return new Move(failed.launching(now), null);
    }
    boolean none = !observed.launched() || gone(observed, config, now);
    if (desired.state() == DesiredState.STOPPED) {
      return none || ec2(observed) == Ec2Status.STOPPED
          ? new Move(failed.stopped(now), null)
          : new CallEc2(Call.STOP, failed.stopping(now), null);
    }
    if (none) {
      return new OpenLaunch(failed.launching(now));
    }
    return observed.upgrade().is(Step.REPLACE)
        ? new Move(failed.replacing(now), observed.upgrade().why())
        : retryBoot(failed, observed, now);
  }

  private SandboxAction endFailed(Failed failed, Observed observed, Instant now) {
    Observed.OpenAttempt attempt = observed.attempt();
    if (attempt != null) {
      return attempts.resolve(attempt, observed, now);
    }
    return !observed.launched() || gone(observed, config, now)
        ? new Move(failed.terminated(now), null)
        : new CallEc2(Call.TERMINATE, failed.terminating(now), null);
  }

  private SandboxAction retryBoot(Failed failed, Observed observed, Instant now) {
    Booting booting = failed.booting(observed.status().bootId(), now);
    return switch (ec2(observed)) {
      case STOPPED -> new CallEc2(Call.START, booting, null);
      case RUNNING -> new CallEc2(Call.REBOOT, booting, null);
      case null, default -> new Wait(config.transitionPeriod(), "Waiting for EC2");
    };
  }

  private SandboxAction terminatedExternally(SandboxPhase phase, Desired desired, Instant now) {
    return fail(phase, TERMINATED_EXTERNALLY, GONE, desired, now);
  }

  static Move fail(SandboxPhase phase, String code, String reason, Desired desired, Instant now) {
    return new Move(phase.failed(code, desired.generation(), now), reason);
  }

  /** Whether this boot's agent has made contact; of an adopted instance nobody expects it. */
  private static boolean contacted(Booting booting, Observed observed) {
    Observed.Contact contact = observed.contact();
    if (observed.unenrolled()) {
      return true;
    }
    if (contact == null
        || !contact.instanceId().equals(observed.instanceId())
        || contact.bootId().equals(booting.priorBootId())) {
      return false;
    }
    // A launched agent may enrol before the answer of RunInstances is recorded.
    return booting.boot() == SandboxPhase.Boot.LAUNCH || !contact.at().isBefore(booting.since());
  }

  static @Nullable Ec2Status ec2(Observed observed) {
    return observed.instance() == null ? null : observed.instance().status();
  }

  /** On the way out or gone, without anybody having asked Valet. */
  private boolean lost(Observed observed, Instant now) {
    return ec2(observed) == Ec2Status.SHUTTING_DOWN || gone(observed, config, now);
  }

  /** Terminated, or missing from EC2's answers for so long that it is believed. */
  static boolean gone(Observed observed, LifecycleConfig config, Instant now) {
    if (ec2(observed) == Ec2Status.TERMINATED) {
      return true;
    }
    Instant absent = observed.status().absentSince();
    return observed.instance() == null
        && absent != null
        && !now.isBefore(absent.plus(config.absenceBelieved()));
  }

  static boolean overdue(SandboxPhase phase, Duration limit, Instant now) {
    return !now.isBefore(phase.since().plus(limit));
  }

  private static String bootProgress(@Nullable Ec2Status ec2) {
    return ec2 == Ec2Status.RUNNING
        ? "EC2 says running; waiting for the agent's first contact"
        : "Waiting for EC2, which says " + (ec2 == null ? "nothing yet" : ec2.wire());
  }

  private static String bootProblem(@Nullable Ec2Status ec2) {
    return ec2 == Ec2Status.RUNNING
        ? "The instance runs, but its agent made no contact: see the instance's console output"
        : "EC2 did not bring the instance up; it says " + (ec2 == null ? "nothing" : ec2.wire());
  }
}
