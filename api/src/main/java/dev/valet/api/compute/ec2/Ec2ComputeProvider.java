package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ActionResult;
import dev.valet.api.compute.ComputeProvider;
import dev.valet.api.compute.Instance;
import dev.valet.api.compute.LaunchRequest;
import dev.valet.api.compute.Tags;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The port over AWS' SDK. */
final class Ec2ComputeProvider implements ComputeProvider {
  /** EC2 takes at most 200 values in one filter. */
  private static final int MOST_FILTER_VALUES = 200;

  /** Anything else names no instance, and might be a wildcard in a filter. */
  private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-z]{1,32}");

  private final Ec2Calls calls;
  private final UUID installationId;
  private final Ec2Listing listing;
  private final Ec2Launching launching;

  Ec2ComputeProvider(Ec2Calls calls, UUID installationId) {
    this.calls = calls;
    this.installationId = installationId;
    this.listing = new Ec2Listing(calls);
    this.launching = new Ec2Launching(calls);
  }

  @Override
  public Uni<Instance> launch(LaunchRequest request) {
    return launching.launch(request);
  }

  @Override
  public Uni<Map<String, ActionResult>> start(Collection<String> instanceIds) {
    return act(
        instanceIds,
        (ids, within) ->
            calls.call(
                Ec2Action.START_INSTANCES,
                within,
                (ec2, options) ->
                    ec2.startInstances(r -> r.instanceIds(ids).overrideConfiguration(options)),
                answer -> named(answer.startingInstances())));
  }

  @Override
  public Uni<Map<String, ActionResult>> stop(Collection<String> instanceIds, boolean force) {
    return act(
        instanceIds,
        (ids, within) ->
            calls.call(
                Ec2Action.STOP_INSTANCES,
                within,
                (ec2, options) ->
                    ec2.stopInstances(
                        r -> r.instanceIds(ids).force(force).overrideConfiguration(options)),
                answer -> named(answer.stoppingInstances())));
  }

  @Override
  public Uni<Map<String, ActionResult>> reboot(Collection<String> instanceIds) {
    return act(
        instanceIds,
        (ids, within) ->
            calls.call(
                Ec2Action.REBOOT_INSTANCES,
                within,
                (ec2, options) ->
                    ec2.rebootInstances(r -> r.instanceIds(ids).overrideConfiguration(options)),
                answer -> ids));
  }

  @Override
  public Uni<Map<String, ActionResult>> terminate(Collection<String> instanceIds) {
    return act(
        instanceIds,
        (ids, within) ->
            calls.call(
                Ec2Action.TERMINATE_INSTANCES,
                within,
                (ec2, options) ->
                    ec2.terminateInstances(r -> r.instanceIds(ids).overrideConfiguration(options)),
                answer -> named(answer.terminatingInstances())));
  }

  @Override
  public Uni<Map<String, ActionResult>> tag(
      Collection<String> resourceIds, Map<String, String> tags) {
    List<Tag> all =
        new TreeMap<>(tags)
            .entrySet().stream().map(tag -> tag(tag.getKey(), tag.getValue())).toList();
    return act(
        resourceIds,
        (ids, within) ->
            calls.call(
                Ec2Action.CREATE_TAGS,
                within,
                (ec2, options) ->
                    ec2.createTags(r -> r.resources(ids).tags(all).overrideConfiguration(options)),
                answer -> ids));
  }

  @Override
  public Uni<Map<String, ActionResult>> untag(
      Collection<String> resourceIds, Collection<String> keys) {
    List<Tag> all = keys.stream().sorted().map(key -> tag(key, null)).toList();
    return act(
        resourceIds,
        (ids, within) ->
            calls.call(
                Ec2Action.DELETE_TAGS,
                within,
                (ec2, options) ->
                    ec2.deleteTags(r -> r.resources(ids).tags(all).overrideConfiguration(options)),
                answer -> ids));
  }

  private static Tag tag(String key, @Nullable String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Override
  public Uni<List<Instance>> listInstallation() {
    return listing.where("tag:" + Tags.INSTALLATION, List.of(installationId.toString()));
  }

  @Override
  public Uni<List<Instance>> describe(Collection<String> instanceIds) {
    List<String> ids =
        instanceIds.stream().distinct().filter(id -> INSTANCE_ID.matcher(id).matches()).toList();
    return Multi.createFrom()
        .iterable(Batches.of(ids, MOST_FILTER_VALUES))
        .onItem()
        .transformToUniAndConcatenate(batch -> listing.where("instance-id", batch))
        .onItem()
        .<Instance>disjoint()
        .collect()
        .asList();
  }

  @Override
  public Uni<List<Instance>> findByLaunch(String attemptId) {
    return listing.where("tag:" + Tags.LAUNCH, List.of(attemptId));
  }

  private Uni<Map<String, ActionResult>> act(Collection<String> ids, BatchedAction.Call call) {
    return BatchedAction.run(ids, call, calls.timeout(), System::nanoTime);
  }

  private static List<String> named(List<InstanceStateChange> changes) {
    return changes.stream().map(InstanceStateChange::instanceId).toList();
  }
}
