package dev.valet.local.ec2.fleet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    if (resourceId.equals(id())) {
      return new Instance(launch, status, volumes, merged(tags, added));
    }
    List<Volume> tagged =
        volumes.stream()
            .map(v -> v.id().equals(resourceId) ? v.withTags(merged(v.tags(), added)) : v)
            .toList();
    return new Instance(launch, status, tagged, tags);
  }

  static Map<String, String> merged(Map<String, String> tags, Map<String, String> added) {
    Map<String, String> all = new HashMap<>(tags);
    all.putAll(added);
    return Map.copyOf(all);
  }
}
