package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.sandbox.lifecycle.SandboxAction.SetTags;
import java.time.Duration;
import java.time.Instant;

/** Turns EC2's answers to changes of tags into rows to record. Pure but for the jitter. */
final class TagOutcomes {
  private final LifecycleConfig config;

  TagOutcomes(LifecycleConfig config) {
    this.config = config;
  }

  Outcome applied(Claim claim, SetTags action, Instant now) {
    InstanceTags tags = new InstanceTags(claim.desired().tagsOf(claim.observed().status()), null);
    return Outcome.of(change(claim, tags, now).noRetries().build(), Duration.ZERO)
        .called(action.name(), null);
  }

  /** Tried again: soon if it may pass by itself, with the settled period if a person must act. */
  Outcome refused(
      Claim claim, SetTags action, ComputeException refusal, double jitter, Instant now) {
    String problem =
        "EC2 answered %s with %s; %s".formatted(action.name(), refusal.code(), advice(refusal));
    InstanceTags before = claim.observed().status().tags();
    Duration backOff =
        passes(refusal)
            ? Outcomes.backOff(claim.stored().retries(), jitter)
            : config.settledPeriod();
    Duration again = backOff.compareTo(action.atLatest()) < 0 ? backOff : action.atLatest();
    Outcome outcome =
        Outcome.of(change(claim, before.failed(problem), now).retried().build(), again)
            .detail(problem);
    return problem.equals(before.problem())
        ? outcome
        : outcome.called(action.name(), Outcomes.answer(action.name(), refusal));
  }

  private StatusChange change(Claim claim, InstanceTags tags, Instant now) {
    SandboxStatus next = new StatusChange(claim.observed().status()).tags(tags).build();
    Observed after = claim.observed().with(next, claim.observed().instance());
    return new StatusChange(next).conditions(Conditions.of(claim.desired(), after, config, now));
  }

  private static boolean passes(ComputeException refusal) {
    return switch (refusal.error()) {
      case THROTTLED, UNKNOWN, NOT_FOUND, INCORRECT_STATE -> true;
      case NO_CAPACITY, QUOTA, UNAUTHORIZED, INVALID, TOKEN_TERMINATED, TOKEN_MISMATCH -> false;
    };
  }

  private static String advice(ComputeException refusal) {
    return refusal.error() == ComputeError.UNAUTHORIZED
        ? "allow Valet's role ec2:CreateTags and ec2:DeleteTags on its instances and volumes"
        : passes(refusal)
            ? "Valet keeps trying"
            : "the audit log has its words; change the tags, and Valet tries again";
  }
}
