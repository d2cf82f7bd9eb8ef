package dev.valet.local.ec2.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which instances are about to be taken back, as EC2 does with spot instances. Not journalled. */
public final class SpotNotices {

  private final Map<String, Instant> ends = new ConcurrentHashMap<>();

  /**
   * The instance will be terminated then, unless an earlier notice stands.
   *
   * @return when it will be terminated
   */
  public Instant announce(String instanceId, Instant end) {
    Instant before = ends.putIfAbsent(instanceId, end);
    return before == null ? end : before;
  }

  /** When the instance will be terminated, if it will. */
  public Optional<Instant> end(String instanceId) {
    return Optional.ofNullable(ends.get(instanceId));
  }

  /** Those whose time is over, which are forgotten. */
  public List<String> due(Instant now) {
    List<String> due =
        ends.entrySet().stream()
            .filter(notice -> !notice.getValue().isAfter(now))
            .map(Map.Entry::getKey)
            .toList();
    due.forEach(ends::remove);
    return due;
  }

  /** When the next one is due, if there is one. */
  public Optional<Instant> nextDue() {
    return ends.values().stream().min(Instant::compareTo);
  }
}
