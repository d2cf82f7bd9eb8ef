package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.ActionResult;
import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.ComputeProvider;
import dev.valet.api.compute.Instance;
import dev.valet.api.compute.LaunchRequest;
import dev.valet.api.compute.Ownership;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Call;
import dev.valet.api.sandbox.lifecycle.SandboxAction.CallEc2;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The act step: the only calls to EC2 that change something. Just before each, a fresh read makes
 * sure that the claim still holds and that the wish is the one that was planned for.
 */
@ApplicationScoped
class Executor {
  private final ComputeProvider compute;
  private final Transactions transactions;
  private final StatusStore statuses;
  private final Launches launches;
  private final Ownership ownership;
  private final Outcomes outcomes;
  private final Clock clock;
  private final Random random = new Random();

  Executor(
      ComputeProvider compute,
      Transactions transactions,
      StatusStore statuses,
      Launches launches,
      Ownership ownership,
      LifecycleConfig config,
      Clock clock) {
    this.compute = compute;
    this.transactions = transactions;
    this.statuses = statuses;
    this.launches = launches;
    this.ownership = ownership;
    this.outcomes = new Outcomes(config);
    this.clock = clock;
  }

  /** Sends a stored launch; null when the claim was lost and nothing was sent. */
  Uni<@Nullable Outcome> launch(Claim claim, Observed.OpenAttempt attempt) {
    if (!claim.live()) {
      return Uni.createFrom().nullItem();
    }
    return transactions
        .write(tx -> launches.sending(tx, claim, attempt.id()))
        .chain(request ->
            request == null || !claim.live()
                ? Uni.createFrom().nullItem()
                : send(claim, attempt, request));
  }

  private Uni<@Nullable Outcome> send(
      Claim claim, Observed.OpenAttempt attempt, LaunchRequest request) {
    return compute
        .launch(request)
        .map(instance ->
            outcomes.launched(claim, attempt, instance, request.tags(), clock.instant()))
        .onFailure(ComputeException.class)
        .recoverWithItem(failure ->
            outcomes.launchFailed(
                claim, attempt, (ComputeException) failure, random.nextDouble(), clock.instant()));
  }

  /** Looks for the instance of a sent launch. It reads only, so the claim may be lost meanwhile. */
  Uni<Outcome> find(Claim claim, Observed.OpenAttempt attempt) {
    return compute
        .findByLaunch(attempt.id())
        .map(listed -> listed(claim, attempt, listed))
        .onFailure(ComputeException.class)
        .recoverWithItem(failure ->
            outcomes.notListed(
                claim, (ComputeException) failure, random.nextDouble(), clock.instant()));
  }

  /** A tag proves nothing: the instance is the attempt's only by its client token. */
  private Outcome listed(Claim claim, Observed.OpenAttempt attempt, List<Instance> listed) {
    Instant now = clock.instant();
    Optional<Instance> own =
        listed.stream()
            .filter(one -> ownership.attemptOf(one.clientToken()).equals(Optional.of(attempt.id())))
            .findFirst();
    if (own.isPresent()) {
      return outcomes.found(claim, attempt, own.get(), now);
    }
    return listed.isEmpty()
        ? outcomes.absent(claim, attempt, now)
        : outcomes.doubtful(claim, listed, now);
  }

  /** A claim and the call planned for it. */
  record Planned(Claim claim, CallEc2 call) {}

  /** Which of these may still be acted on. */
  <T> Uni<List<T>> stillMine(List<T> planned, Function<T, Claim> claim) {
    List<Claim> claims = planned.stream().map(claim).filter(Claim::live).toList();
    return transactions
        .write(tx -> statuses.stillMine(tx, claims))
        .map(mine -> {
          Set<UUID> ids = new HashSet<>(mine);
          return planned.stream()
              .filter(one -> ids.contains(claim.apply(one).sandboxId()) && claim.apply(one).live())
              .toList();
        });
  }

  /** One EC2 call for all of them. */
  Uni<Map<String, ActionResult>> call(Call call, Collection<String> instanceIds) {
    return switch (call) {
      case START -> compute.start(instanceIds);
      case STOP -> compute.stop(instanceIds, false);
      case FORCE_STOP -> compute.stop(instanceIds, true);
      case REBOOT -> compute.reboot(instanceIds);
      case TERMINATE -> compute.terminate(instanceIds);
    };
  }

  /** What a call's results mean for one of its claims; a missing result counts as unknown. */
  Outcome outcome(Planned planned, Map<String, ActionResult> results) {
    ActionResult result = results.get(planned.claim().instanceId());
    ActionResult known = result == null ? missing() : result;
    return outcomes.called(
        planned.claim(), planned.call(), known, random.nextDouble(), clock.instant());
  }

  static ActionResult.Failed missing() {
    return new ActionResult.Failed(
        new ComputeException(
            ComputeError.UNKNOWN, "NoResult", "the answer does not name the instance", null));
  }
}
