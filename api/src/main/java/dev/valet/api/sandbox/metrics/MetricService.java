package dev.valet.api.sandbox.metrics;

import dev.valet.api.access.Caller;
import dev.valet.api.health.SampleHistory;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.sandbox.metrics.MetricStore.Grouped;
import dev.valet.common.access.Permission;
import dev.valet.common.metrics.FleetMetrics;
import dev.valet.common.metrics.SandboxMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Shows charts, within what the caller may see. */
@ApplicationScoped
class MetricService {
  private final MetricStore store;
  private final SampleHistory history;
  private final Clock clock;

  MetricService(MetricStore store, SampleHistory history, Clock clock) {
    this.store = store;
    this.history = history;
    this.clock = clock;
  }

  /**
   * A sandbox over time.
   *
   * @throws ProblemException 404 also for one outside the caller's scope; 400 for a wrong range
   */
  Uni<SandboxMetrics> ofSandbox(Caller caller, UUID id, RangeParameters asked) {
    MetricRange range = range(asked);
    return store
        .ofSandbox(range, id, caller.scope(Permission.READ))
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.notFound("sandbox " + id))
        .map(points -> new SandboxMetrics(id, range.from(), range.to(), range.step(), points));
  }

  /**
   * The fleet over time.
   *
   * @throws ProblemException 400 for a wrong range
   */
  Uni<FleetMetrics> ofFleet(Caller caller, FleetParameters asked) {
    MetricRange range = range(asked);
    return store
        .ofFleet(range, asked, caller.scope(Permission.READ))
        .map(points ->
            new FleetMetrics(
                range.from(), range.to(), range.step(), asked.groupBy, series(points)));
  }

  private MetricRange range(RangeParameters asked) {
    return MetricRange.of(
        asked.from, asked.to, asked.step, clock.instant(), history.oldestMinute());
  }

  private static List<FleetMetrics.Series> series(List<Grouped> rows) {
    Map<String, String> names = new LinkedHashMap<>();
    Map<String, List<FleetMetrics.Point>> points = new LinkedHashMap<>();
    for (Grouped row : rows) {
      names.put(row.key(), row.name());
      points.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row.point());
    }
    return points.entrySet().stream()
        .map(one ->
            new FleetMetrics.Series(
                one.getKey(), names.getOrDefault(one.getKey(), one.getKey()), one.getValue()))
        .toList();
  }
}
