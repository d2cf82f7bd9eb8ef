package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ActionResult;
import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One action on many instances. EC2 refuses a whole batch because of one id, so a refused batch is
 * halved until the refusal belongs to single ids. The action as a whole, with all its calls, keeps
 * to the time of one call: what could not be sent by then is reported as such and is not lost, as
 * nothing was done to it.
 */
final class BatchedAction {
  static final int MOST_IDS = 100;

  /** A policy may refuse by tag, and an instance may be protected; bad credentials concern all. */
  private static final Set<String> REFUSED_FOR_AN_INSTANCE =
      Set.of("UnauthorizedOperation", "OperationNotPermitted");

  private final Call call;
  private final TimeBudget time;
  private final Map<String, ActionResult> results = new LinkedHashMap<>();
  private @Nullable ComputeException throttled;

  /** One call on a batch within a time; yields the ids that the answer names. */
  @FunctionalInterface
  interface Call {
    Uni<? extends Collection<String>> on(List<String> ids, Duration within);
  }

  private BatchedAction(Call call, TimeBudget time) {
    this.call = call;
    this.time = time;
  }

  /**
   * Acts on all of them; exactly one result for each id given, in their order.
   *
   * @param time for all calls together
   * @param nanoTime a monotonic clock
   */
  static Uni<Map<String, ActionResult>> run(
      Collection<String> ids, Call call, Duration time, LongSupplier nanoTime) {
    return Uni.createFrom()
        .deferred(
            () -> new BatchedAction(call, new TimeBudget(time, nanoTime)).all(List.copyOf(ids)));
  }

  private Uni<Map<String, ActionResult>> all(List<String> ids) {
    List<String> distinct = ids.stream().distinct().toList();
    distinct.forEach(id -> results.put(id, notSent()));
    return Multi.createFrom()
        .iterable(Batches.of(distinct, MOST_IDS))
        .onItem()
        .transformToUniAndConcatenate(this::batch)
        .collect()
        .last()
        .replaceWith(results);
  }

  private Uni<Void> batch(List<String> ids) {
    if (throttled != null || time.isSpent()) {
      ids.forEach(id -> results.put(id, notSent()));
      return Uni.createFrom().voidItem();
    }
    return call.on(ids, time.left())
        .invoke(named -> answered(ids, named))
        .replaceWithVoid()
        .onFailure(ComputeException.class)
        .recoverWithUni(failure -> refused(ids, (ComputeException) failure));
  }

  private void answered(List<String> ids, Collection<String> named) {
    for (String id : ids) {
      results.put(id, named.contains(id) ? new ActionResult.Accepted() : unnamed());
    }
  }

  private Uni<Void> refused(List<String> ids, ComputeException failure) {
    if (ids.size() > 1 && mayConcernOneOf(failure)) {
      int half = ids.size() / 2;
      return batch(ids.subList(0, half)).chain(() -> batch(ids.subList(half, ids.size())));
    }
    if (failure.error() == ComputeError.THROTTLED) {
      throttled = failure;
    }
    ids.forEach(id -> results.put(id, failed(failure)));
    return Uni.createFrom().voidItem();
  }

  private static boolean mayConcernOneOf(ComputeException failure) {
    return switch (failure.error()) {
      case NO_CAPACITY, QUOTA, NOT_FOUND, INCORRECT_STATE, INVALID -> true;
      case UNAUTHORIZED -> REFUSED_FOR_AN_INSTANCE.contains(failure.code());
      case THROTTLED, TOKEN_TERMINATED, TOKEN_MISMATCH, UNKNOWN -> false;
    };
  }

  private static ActionResult unnamed() {
    return failed(
        new ComputeException(
            ComputeError.UNKNOWN, "UnexpectedAnswer", "EC2's answer does not name it", null));
  }

  private static ActionResult failed(ComputeException failure) {
    return new ActionResult.Failed(failure);
  }

  private ActionResult notSent() {
    return failed(throttled != null ? throttled : TimeBudget.notSent());
  }
}
