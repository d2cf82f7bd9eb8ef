package dev.valet.api.sandbox.lifecycle;

import dev.valet.common.sandbox.Phase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a sandbox is. Only legal transitions are methods (mechanisms: lifecycle edges); each phase
 * knows since when it lasts, so that its deadline survives a restart. Pure.
 */
sealed interface SandboxPhase {

  /** When this phase was entered. */
  Instant since();

  /** Its name on the wire. */
  Phase name();

  /** Why a machine boots: decides which contact of the agent counts as this boot's. */
  enum Boot {
    LAUNCH,
    START,
    REBOOT
  }

  /** What comes after draining. */
  enum DrainFor {
    STOP,
    RESTART,
    REPLACE,
    TERMINATE
  }

  /** Nothing was asked of EC2 yet. */
  record Pending(Instant since) implements SandboxPhase {
    @Override
    public Phase name() {
      return Phase.PENDING;
    }

    Launching launching(Instant now) {
      return new Launching(now);
    }

    Stopped stopped(Instant now) {
      return new Stopped(now);
    }

    Terminated terminated(Instant now) {
      return new Terminated(now);
    }
  }

  /** A launch attempt is open, or the next one is about to be opened. */
  record Launching(Instant since) implements SandboxPhase {
    @Override
    public Phase name() {
      return Phase.LAUNCHING;
    }

    Booting booting(Instant now) {
      return new Booting(now, Boot.LAUNCH, null);
    }

    /** Only without an open attempt. */
    Stopped stopped(Instant now) {
      return new Stopped(now);
    }

    /** Only without an open attempt. */
    Terminated terminated(Instant now) {
      return new Terminated(now);
    }
  }

  /**
   * The instance exists and is starting.
   *
   * @param boot why
   * @param priorBootId the agent's boot before this one; null for a launch
   */
  record Booting(Instant since, Boot boot, @Nullable String priorBootId) implements SandboxPhase {
    @Override
    public Phase name() {
      return Phase.BOOTING;
    }

    Running running(Instant now) {
      return new Running(now);
    }

    Stopping stopping(Instant now) {
      return new Stopping(now);
    }

    /** It boots what is not wanted any more. */
    Replacing replacing(Instant now) {
      return Replacing.entered(now);
    }

    /** Started once more; the deadline stays, so that this cannot go on for ever. */
    Booting again() {
      return new Booting(since, Boot.START, priorBootId);
    }

    Terminating terminating(Instant now) {
      return new Terminating(now);
    }
  }

  /** EC2 says running and the agent made contact in this boot. */
  record Running(Instant since) implements SandboxPhase {
    @Override
    public Phase name() {
      return Phase.RUNNING;
    }

    Draining draining(DrainFor next, Instant now) {
      return Draining.begun(next, now);
    }

    /** Somebody else stopped the instance. */
    Stopping stopping(Instant now) {
      return new Stopping(now);
    }
  }

  /**
   * Tasks are being finished.
   *
   * @param next what comes after
   * @param active tasks that ran when the agent last told
   * @param silentSince since when the agent does not answer; null while it does
   * @param over why nothing is waited for any more; null while it is
   */
  record Draining(
      Instant since,
      DrainFor next,
      int active,
      @Nullable Instant silentSince,
      @Nullable String over)
      implements SandboxPhase {
    static Draining begun(DrainFor next, Instant now) {
      return new Draining(now, next, 0, null, null);
    }

    @Override
    public Phase name() {
      return Phase.DRAINING;
    }

    /** The wish was taken back before anything was done. */
    Running running(Instant now) {
      return new Running(now);
    }

    Draining instead(DrainFor other) {
      return new Draining(since, other, active, silentSince, over);
    }

    /** The agent told how many tasks run. */
    Draining heard(int tasks) {
      return new Draining(since, next, tasks, null, over);
    }

    /** The agent does not answer. */
    Draining silent(Instant now) {
      return silentSince == null ? new Draining(since, next, active, now, over) : this;
    }

    /** Nothing is waited for any more. */
    Draining over(String why) {
      return new Draining(since, next, active, silentSince, why);
    }

    Stopping stopping(Instant now) {
      return new Stopping(now);
    }

    Booting booting(@Nullable String priorBootId, Instant now) {
      return new Booting(now, Boot.REBOOT, priorBootId);
    }

    Replacing replacing(Instant now) {
      return Replacing.entered(now);
    }

    Terminating terminating(Instant now) {
      return new Terminating(now);
    }
  }

  /** StopInstances was accepted, or EC2 says stopping. */
  record Stopping(Instant since) implements SandboxPhase {
    @Override
    public Phase name() {
      return Phase.STOPPING;
    }

    Stopped stopped(Instant now) {
      return new Stopped(now);
    }

    /** Somebody else started the instance again. */
    Booting booting(@Nullable String priorBootId, Instant now) {
      return new Booting(now, Boot.START, priorBootId);
    }

    Terminating terminating(Instant now) {
      return new Terminating(now);
    }
  }

  /** EC2 says stopped, or there was never an instance. */
  record Stopped(Instant since) implements SandboxPhase {
    @Override
    public Phase name() {
      return Phase.STOPPED;
    }

    /** Only without an instance. */
    Launching launching(Instant now) {
      return new Launching(now);
    }

    Booting booting(@Nullable String priorBootId, Instant now) {
      return new Booting(now, Boot.START, priorBootId);
    }

    /** Somebody else started the instance. */
    Stopping stopping(Instant now) {
      return new Stopping(now);
    }

    /** Only with an instance. */
    Replacing replacing(Instant now) {
      return Replacing.entered(now);
    }

    Terminating terminating(Instant now) {
      return new Terminating(now);
    }

    /** Only without an instance. */
    Terminated terminated(Instant now) {
      return new Terminated(now);
    }
  }

  /**
   * The old instance has to go before the new one is launched. Entered before EC2 is asked, so that
   * the intent is stored; left towards a launch only when EC2 says that the instance is gone.
   *
   * @param asked whether TerminateInstances was accepted
   */
  record Replacing(Instant since, boolean asked) implements SandboxPhase {
    private static Replacing entered(Instant now) {
      return new Replacing(now, false);
    }

    @Override
    public Phase name() {
      return Phase.REPLACING;
    }

    /** TerminateInstances was accepted; the deadline stays. */
    Replacing terminationAccepted() {
      return new Replacing(since, true);
    }

    /** Only without the old instance. */
    Launching launching(Instant now) {
      return new Launching(now);
    }

    /** Only without the old instance: the next start launches. */
    Stopped stopped(Instant now) {
      return new Stopped(now);
    }

    /** The sandbox itself shall go. */
    Terminating terminating(Instant now) {
      return new Terminating(now);
    }

    /** Only without the old instance. */
    Terminated terminated(Instant now) {
      return new Terminated(now);
    }
  }

  /** TerminateInstances was accepted, or EC2 says shutting-down. */
  record Terminating(Instant since) implements SandboxPhase {
    @Override
    public Phase name() {
      return Phase.TERMINATING;
    }

    Terminated terminated(Instant now) {
      return new Terminated(now);
    }
  }

  /** The end. */
  record Terminated(Instant since) implements SandboxPhase {
    @Override
    public Phase name() {
      return Phase.TERMINATED;
    }
  }

  /**
   * It cannot go on by itself.
   *
   * @param code short word for programs, such as {@code terminated_externally}
   * @param generation the wish that it failed to fulfil; a newer one is a retry
   */
  record Failed(Instant since, String code, long generation) implements SandboxPhase {
    @Override
    public Phase name() {
      return Phase.FAILED;
    }

    /** The same failure, of which more is known. */
    Failed because(String other) {
      return new Failed(since, other, generation);
    }

    Launching launching(Instant now) {
      return new Launching(now);
    }

    Booting booting(@Nullable String priorBootId, Instant now) {
      return new Booting(now, Boot.START, priorBootId);
    }

    Stopping stopping(Instant now) {
      return new Stopping(now);
    }

    /** Only without an instance. */
    Stopped stopped(Instant now) {
      return new Stopped(now);
    }

    /** The retry of an upgrade whose old instance is still there. */
    Replacing replacing(Instant now) {
      return Replacing.entered(now);
    }

    Terminating terminating(Instant now) {
      return new Terminating(now);
    }

    /** Only without an instance. */
    Terminated terminated(Instant now) {
      return new Terminated(now);
    }
  }

  /** Any living phase may fail. */
  default Failed failed(String code, long generation, Instant now) {
    return new Failed(now, code, generation);
  }
}
