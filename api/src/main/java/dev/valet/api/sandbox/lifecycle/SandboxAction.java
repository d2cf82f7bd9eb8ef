package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.TagChange;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the planner wants done next. Pure data; {@link Executor} does it. */
sealed interface SandboxAction {

  /** Nothing to do; looked at again after a while even if nothing wakes it. */
  record Settle(Duration again, @Nullable String detail) implements SandboxAction {
    /** There is nothing to say. */
    Settle(Duration again) {
      this(again, null);
    }
  }

  /** Nothing to do but wait; {@code detail} goes to the step of the open operation. */
  record Wait(Duration again, @Nullable String detail) implements SandboxAction {}

  /** A change of phase without a call to EC2. */
  record Move(SandboxPhase to, @Nullable String reason) implements SandboxAction {}

  /** An automatic restart of an unhealthy sandbox; counted. */
  record Repair(SandboxPhase.Draining to, String reason) implements SandboxAction {}

  /** Tell the agent to take no tasks, and learn how many still run. */
  record Drain(SandboxPhase.Draining phase) implements SandboxAction {}

  /** The wish was taken back: tell the agent to take tasks again. */
  record Resume(SandboxPhase.Draining phase) implements SandboxAction {}

  /** What differs needs no interruption: everybody who must know is told, and that is recorded. */
  record Tell(String why) implements SandboxAction {}

  /** Choose an offering and store the intent to launch. */
  record OpenLaunch(SandboxPhase.Launching then) implements SandboxAction {}

  /** Send, or send again, the stored intent. */
  record SendLaunch(Observed.OpenAttempt attempt) implements SandboxAction {}

  /** Look for the instance of a sent intent in a complete listing. */
  record FindLaunch(Observed.OpenAttempt attempt) implements SandboxAction {}

  /**
   * Bring the instance's tags to what is wanted; nothing else is to be done.
   *
   * @param atLatest when the sandbox must be looked at again whatever becomes of it
   */
  record SetTags(TagChange change, String instanceId, List<String> volumeIds, Duration atLatest)
      implements SandboxAction {

    /** EC2's name of the call that shows in the audit log. */
    String name() {
      return change.set().isEmpty() ? "DeleteTags" : "CreateTags";
    }

    /** All that carry the tags. */
    List<String> resourceIds() {
      return Stream.concat(Stream.of(instanceId), volumeIds.stream()).toList();
    }
  }

  /** Close an attempt that was never sent. */
  record AbandonLaunch(Observed.OpenAttempt attempt) implements SandboxAction {}

  /** A call on the existing instance; on success the phase becomes {@code then}. */
  record CallEc2(Call call, SandboxPhase then, @Nullable String reason) implements SandboxAction {}

  /** Calls on an instance, in EC2's words. */
  enum Call {
    START("StartInstances"),
    STOP("StopInstances"),
    FORCE_STOP("StopInstances"),
    REBOOT("RebootInstances"),
    TERMINATE("TerminateInstances");

    private final String action;

    Call(String action) {
      this.action = action;
    }

    /** EC2's name of the action. */
    String action() {
      return action;
    }
  }
}
