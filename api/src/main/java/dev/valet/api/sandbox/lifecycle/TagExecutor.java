package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.ActionResult;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.ComputeProvider;
import dev.valet.api.compute.TagChange;
import dev.valet.api.sandbox.lifecycle.SandboxAction.SetTags;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings tags of instances and their volumes to what is wanted, one change for many of them. */
@ApplicationScoped
class TagExecutor {
  private final ComputeProvider compute;
  private final TagOutcomes outcomes;
  private final Clock clock;
  private final Random random = new Random();

  TagExecutor(ComputeProvider compute, LifecycleConfig config, Clock clock) {
    this.compute = compute;
    this.outcomes = new TagOutcomes(config);
    this.clock = clock;
  }

  /** A claim and the change of tags planned for it. */
  record Tagging(Claim claim, SetTags action) {}

  /**
   * Applies one change to all that need it. What goes is taken off first: with it still there, the
   * new ones might be too many.
   */
  Uni<Map<String, ActionResult>> apply(TagChange change, Collection<Tagging> taggings) {
    List<String> resources =
        taggings.stream().flatMap(one -> one.action().resourceIds().stream()).toList();
    Uni<Map<String, ActionResult>> removed =
        change.remove().isEmpty()
            ? Uni.createFrom().item(allAccepted(resources))
            : compute.untag(resources, change.remove());
    return change.set().isEmpty() ? removed : removed.chain(done -> set(change, done));
  }

  private Uni<Map<String, ActionResult>> set(TagChange change, Map<String, ActionResult> removed) {
    List<String> free =
        removed.entrySet().stream()
            .filter(one -> one.getValue() instanceof ActionResult.Accepted)
            .map(Map.Entry::getKey)
            .toList();
    return free.isEmpty()
        ? Uni.createFrom().item(removed)
        : compute.tag(free, change.set()).map(set -> newest(removed, set));
  }

  private static Map<String, ActionResult> newest(
      Map<String, ActionResult> first, Map<String, ActionResult> then) {
    Map<String, ActionResult> results = new HashMap<>(first);
    results.putAll(then);
    return results;
  }

  /** What the results mean for one of the sandboxes: the first refusal of one of its resources. */
  Outcome outcome(Tagging tagging, Map<String, ActionResult> results) {
    ComputeException refusal =
        tagging.action().resourceIds().stream()
            .map(results::get)
            .map(TagExecutor::refusal)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return refusal == null
        ? outcomes.applied(tagging.claim(), tagging.action(), clock.instant())
        : outcomes.refused(
            tagging.claim(), tagging.action(), refusal, random.nextDouble(), clock.instant());
  }

  private static @Nullable ComputeException refusal(@Nullable ActionResult result) {
    return switch (result) {
      case null -> Executor.missing().cause();
      case ActionResult.Failed failed -> failed.cause();
      case ActionResult.Accepted accepted -> null;
    };
  }

  private static Map<String, ActionResult> allAccepted(List<String> resources) {
    return resources.stream()
        .distinct()
        .collect(Collectors.toMap(Function.identity(), id -> new ActionResult.Accepted()));
  }
}
