package dev.valet.api.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts a prober's own sandboxes as the database counts the others'. Pure. */
final class Cohorts {
  private Cohorts() {}

  private record Key(
      @Nullable String zone, @Nullable String templateVersion, @Nullable String agentVersion) {}

  /** The cohorts of these sandboxes, counting those that were healthy at that time. */
  static List<Cohort> of(Collection<Probed> sandboxes, Instant before) {
    Map<Key, int[]> counts = new HashMap<>();
    for (Probed one : sandboxes) {
      if (one.state().wasHealthyAt(before)) {
        int[] count = counts.computeIfAbsent(key(one), key -> new int[2]);
        count[0]++;
        count[1] += one.state().failures() > 0 ? 1 : 0;
      }
    }
    List<Cohort> cohorts = new ArrayList<>(counts.size());
    counts.forEach((key, count) ->
        cohorts.add(
            new Cohort(key.zone(), key.templateVersion(), key.agentVersion(), count[0], count[1])));
    return cohorts;
  }

  private static Key key(Probed one) {
    return new Key(one.target().zone(), one.target().templateVersion(), one.agentVersion());
  }
}
