package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.ActionResult;
import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.Instance;
import dev.valet.api.compute.Tags;
import dev.valet.api.sandbox.lifecycle.Outcome.AttemptAbsent;
import dev.valet.api.sandbox.lifecycle.Outcome.AttemptEnd;
import dev.valet.api.sandbox.lifecycle.SandboxAction.CallEc2;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Launching;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns actions and EC2's answers into rows to record. Pure but for the jitter it is given. */
final class Outcomes {
  private static final Duration NOW = Duration.ZERO;
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);
  private static final Duration NO_OFFERING = Duration.ofSeconds(30);

  private static final String CONFLICT =
      "EC2 knows this launch with other parameters, so an instance of it may exist. Valet sends it"
          + " no more and deletes nothing. Terminate the sandbox: Valet then looks for the"
          + " instance, ends it if it is there, and the sandbox with it. Then create a new one";

  private final LifecycleConfig config;

  Outcomes(LifecycleConfig config) {
    this.config = config;
  }

  Outcome settled(Claim claim, SandboxAction.Settle settle, Instant now) {
    return Outcome.of(base(claim, now).noRetries().build(), settle.again()).detail(settle.detail());
  }

  Outcome waiting(Claim claim, SandboxAction.Wait wait, Instant now) {
    return Outcome.of(base(claim, now).build(), wait.again()).detail(wait.detail());
  }

  Outcome moved(Claim claim, SandboxPhase to, @Nullable String reason, Instant now) {
    StatusChange change = base(claim, now).phase(to, reason).noRetries();
    if (to instanceof SandboxPhase.Running) {
      change.bootId(
          claim.observed().contact() == null ? null : claim.observed().contact().bootId());
    }
    if (to instanceof SandboxPhase.Terminated) {
      change.instanceGone();
    }
    if (to instanceof SandboxPhase.Stopped
        && claim.observed().status().phase() instanceof SandboxPhase.Replacing) {
      change.noInstance();
    }
    return Outcome.of(change.build(), NOW).detail(reason);
  }

  Outcome repairing(Claim claim, SandboxAction.Repair repair, Instant now) {
    SandboxStatus status = claim.observed().status();
    return Outcome.of(
        base(claim, now)
            .phase(repair.to(), repair.reason())
            .repairedAt(now, Conditions.recentRepairs(status, now))
            .build(),
        NOW);
  }

  /** The recorder tells those who must know, in the same transaction. */
  Outcome telling(Claim claim, SandboxAction.Tell tell, Instant now) {
    return Outcome.of(base(claim, now).applied(claim.desired().blueprint()).build(), NOW)
        .detail(tell.why());
  }

  /** The intent is stored by the recorder, in the same transaction. */
  Outcome opening(Claim claim, Launching then, Instant now) {
    return Outcome.of(base(claim, now).phase(then, null).noInstance().build(), NOW).opening();
  }

  /** No offering has capacity at present. */
  Outcome noOffering(Outcome opening, String reason) {
    StatusChange change = new StatusChange(opening.next()).reason(reason);
    return Outcome.of(change.build(), NO_OFFERING).detail(reason);
  }

  Outcome abandoned(Claim claim, Observed.OpenAttempt attempt, Instant now) {
    return Outcome.of(base(claim, now).build(), NOW)
        .attempt(new AttemptEnd(attempt.id(), "abandoned", null));
  }

  /** EC2 answered with the instance; it carries the tags of the request. */
  Outcome launched(
      Claim claim,
      Observed.OpenAttempt attempt,
      Instance instance,
      Map<String, String> tags,
      Instant now) {
    return exists(claim, attempt, instance, new InstanceTags(Tags.ofPeople(tags), null), now)
        .called("RunInstances", null);
  }

  /** A complete listing has the instance that EC2 never answered with. */
  Outcome found(Claim claim, Observed.OpenAttempt attempt, Instance instance, Instant now) {
    return exists(claim, attempt, instance, InstanceTags.NONE, now)
        .called("DescribeInstances", null);
  }

  private Outcome exists(
      Claim claim,
      Observed.OpenAttempt attempt,
      Instance instance,
      InstanceTags tags,
      Instant now) {
    StatusChange change =
        base(claim, now)
            .noInstance()
            .seen(instance, now)
            .applied(attempt.blueprint())
            .observedRestart(claim.desired().restart())
            .tags(tags)
            .noRetries();
    if (claim.observed().status().phase() instanceof Launching launching) {
      change.phase(launching.booting(now), null);
    }
    return Outcome.of(change.build(), NOW)
        .detail(instance.instanceId() + ", " + instance.instanceType())
        .attempt(new AttemptEnd(attempt.id(), "launched", instance.instanceId()));
  }

  /**
   * A complete listing lacks the instance of an attempt: the second such listing proves that there
   * is none. Retries stay as they are, so that the attempt is not sent again meanwhile.
   */
  Outcome absent(Claim claim, Observed.OpenAttempt attempt, Instant now) {
    return attempt.absentAt() == null
        ? Outcome.of(base(claim, now).build(), config.actionGrace())
            .attempt(new AttemptAbsent(attempt.id()))
        : Outcome.of(base(claim, now).noRetries().build(), NOW)
            .called("DescribeInstances", null)
            .detail("EC2's listings have no instance of this launch")
            .attempt(new AttemptEnd(attempt.id(), "absent", null));
  }

  /** Instances carry the tag of the launch, but not its token: nothing is decided. */
  Outcome doubtful(Claim claim, List<Instance> instances, Instant now) {
    String ids = String.join(", ", instances.stream().map(Instance::instanceId).toList());
    String reason =
        ids
            + " carries this sandbox's tag valet:launch, but was not launched by Valet: take the"
            + " tag off, or terminate it by hand. Valet deletes nothing that it cannot prove its"
            + " own, and looks again every "
            + config.settledPeriod().toMinutes()
            + " minutes";
    return Outcome.of(base(claim, now).reason(reason).build(), config.settledPeriod())
        .detail(reason);
  }

  /** EC2 could not be asked for the instance of an attempt. */
  Outcome notListed(Claim claim, ComputeException failure, double jitter, Instant now) {
    return retry(claim, "DescribeInstances", answer("DescribeInstances", failure), jitter, now);
  }

  Outcome launchFailed(
      Claim claim,
      Observed.OpenAttempt attempt,
      ComputeException failure,
      double jitter,
      Instant now) {
    String answer = answer("RunInstances", failure);
    return switch (failure.error()) {
      case NO_CAPACITY ->
          Outcome.of(base(claim, now).reason(answer).noRetries().build(), NOW)
              .called("RunInstances", answer)
              .detail(answer + "; trying the next offering")
              .attempt(new AttemptEnd(attempt.id(), "no_capacity", null));
      case TOKEN_TERMINATED ->
          launchRefused(
              claim,
              attempt,
              SandboxPlanner.TERMINATED_EXTERNALLY,
              "launched_and_gone",
              answer,
              now);
      case QUOTA -> launchRefused(claim, attempt, "launch_refused", "quota", answer, now);
      // EC2 may judge credentials and parameters before it looks at the token: of an earlier send
      // without answer this proves nothing, so its attempt stays open.
      case UNAUTHORIZED, INVALID ->
          attempt.sentAt() == null
              ? launchRefused(claim, attempt, "launch_refused", "refused", answer, now)
              : retry(claim, "RunInstances", answer, jitter, now);
      case TOKEN_MISMATCH ->
          Outcome.of(
                  failed(claim, AttemptPlanner.LAUNCH_CONFLICT, answer + ". " + CONFLICT, now), NOW)
              .called("RunInstances", answer);
      case THROTTLED, UNKNOWN, NOT_FOUND, INCORRECT_STATE ->
          retry(claim, "RunInstances", answer, jitter, now);
    };
  }

  Outcome called(Claim claim, CallEc2 call, ActionResult result, double jitter, Instant now) {
    return switch (result) {
      case ActionResult.Accepted accepted -> accepted(claim, call, now);
      case ActionResult.Failed refused -> refused(claim, call, refused.cause(), jitter, now);
    };
  }

  private Outcome accepted(Claim claim, CallEc2 call, Instant now) {
    StatusChange change = base(claim, now).phase(call.then(), call.reason()).noRetries();
    if (call.call() == SandboxAction.Call.REBOOT) {
      change.observedRestart(claim.desired().restart());
    }
    boolean asItBoots = !claim.observed().upgrade().is(Upgrade.Step.REPLACE);
    if (call.then() instanceof SandboxPhase.Booting && asItBoots) {
      change.applied(claim.desired().blueprint());
    }
    boolean same = call.then().equals(claim.observed().status().phase());
    return Outcome.of(change.build(), same ? config.actionGrace() : config.transitionPeriod())
        .called(call.call().action(), null)
        .detail(call.reason());
  }

  private Outcome refused(
      Claim claim, CallEc2 call, ComputeException failure, double jitter, Instant now) {
    String answer = answer(call.call().action(), failure);
    if (failure.error() == ComputeError.INCORRECT_STATE) {
      return Outcome.of(base(claim, now).build(), config.transitionPeriod())
          .called(call.call().action(), answer)
          .detail(answer);
    }
    return retry(claim, call.call().action(), answer, jitter, now);
  }

  private Outcome launchRefused(
      Claim claim,
      Observed.OpenAttempt attempt,
      String code,
      String outcome,
      String answer,
      Instant now) {
    return Outcome.of(failed(claim, code, answer, now), NOW)
        .called("RunInstances", answer)
        .attempt(new AttemptEnd(attempt.id(), outcome, null));
  }

  /** A failed sandbox that is being ended stays failed; a launching one fails. */
  private SandboxStatus failed(Claim claim, String code, String answer, Instant now) {
    SandboxPhase phase = claim.observed().status().phase();
    SandboxPhase next =
        phase instanceof SandboxPhase.Failed earlier
            ? earlier.because(code)
            : phase.failed(code, claim.desired().generation(), now);
    return base(claim, now).phase(next, answer).noRetries().build();
  }

  private Outcome retry(Claim claim, String action, String answer, double jitter, Instant now) {
    Duration again = backOff(claim.stored().retries(), jitter);
    return Outcome.of(base(claim, now).reason(answer).retried().build(), again)
        .called(action, answer)
        .detail(answer + "; trying again");
  }

  /**
   * Capped exponential back-off with full jitter above a half.
   *
   * @param retries failures so far
   * @param jitter 0 to 1
   */
  static Duration backOff(int retries, double jitter) {
    long full = Math.min(LONGEST_BACK_OFF.toMillis(), 1_000L << Math.min(retries, 10));
    return Duration.ofMillis((long) (full * (0.5 + jitter / 2)));
  }

  /** The row as it was found, with what else is known by now. */
  StatusChange base(Claim claim, Instant now) {
    SandboxStatus status = claim.observed().status();
    StatusChange change =
        new StatusChange(status)
            .conditions(Conditions.of(claim.desired(), claim.observed(), config, now));
    Observed.Contact contact = claim.observed().contact();
    if (status.phase() instanceof SandboxPhase.Running && contact != null) {
      change.bootId(contact.bootId());
    }
    return change;
  }

  static String answer(String action, ComputeException failure) {
    return "EC2 answered " + action + " with " + failure.code() + ": " + failure.getMessage();
  }
}
