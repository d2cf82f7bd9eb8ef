package dev.valet.local.ec2.fleet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An instance as it is at one moment. */
public record Instance(
    Launch launch, Status status, List<Volume> volumes, Map<String, String> tags) {

  /** The instance id. */
  public String id() {
    return launch.instanceId();
  }

  /** The state it is in. */
  public InstanceState state() {
    return status.state();
  }

  /** The volume that holds its file system. */
  public Volume rootVolume() {
    return volumes.getFirst();
  }

  Instance with(Status newStatus) {
    return new Instance(launch, newStatus, volumes, tags);
  }

  Instance withTags(String resourceId, Map<String, String> added) {
    return retagged(resourceId, present -> merged(present, added));
  }

  Instance withoutTags(String resourceId, Set<String> keys) {
    return retagged(resourceId, present -> without(present, keys));
  }

  private Instance retagged(String resourceId, UnaryOperator<Map<String, String>> change) {
    if (resourceId.equals(id())) {
      return new Instance(launch, status, volumes, change.apply(tags));
    }
    List<Volume> tagged =
        volumes.stream()
            .map(v -> v.id().equals(resourceId) ? v.withTags(change.apply(v.tags())) : v)
            .toList();
    return new Instance(launch, status, tagged, tags);
  }

  /** Tags of the instance or of one of its volumes. */
  Map<String, String> tagsOf(String resourceId) {
    return volumes.stream()
        .filter(volume -> volume.id().equals(resourceId))
        .findFirst()
        .map(Volume::tags)
        .orElse(tags);
  }

  private static Map<String, String> without(Map<String, String> tags, Set<String> keys) {
    Map<String, String> left = new HashMap<>(tags);
    left.keySet().removeAll(keys);
    return Map.copyOf(left);
  }

  static Map<String, String> merged(Map<String, String> tags, Map<String, String> added) {
    Map<String, String> all = new HashMap<>(tags);
    all.putAll(added);
    return Map.copyOf(all);
  }
}
