package dev.valet.api.sandbox;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.db.Reads;
import dev.valet.common.health.HatchetState;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.sandbox.Environment;
import dev.valet.common.sandbox.FleetSummaryView;
import dev.valet.common.sandbox.FleetSummaryView.TemplateCount;
import dev.valet.common.sandbox.Phase;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the fleet, every breakdown in one pass. */
@ApplicationScoped
class FleetSummaryStore {
  private static final String COUNTS =
      """
      SELECT n.*, t.name AS template FROM (
        SELECT s.phase, coalesce(h.status, 'unknown') AS health,
          coalesce(h.hatchet_state, 'none') AS hatchet, d.environment, d.template_id,
          count(*) AS count
        FROM sandbox d
        JOIN sandbox_status s ON s.sandbox_id = d.id
        LEFT JOIN sandbox_health h ON h.sandbox_id = d.id
        WHERE s.phase <> 'terminated' AND %s
        GROUP BY GROUPING SETS ((s.phase), (coalesce(h.status, 'unknown')),
          (coalesce(h.hatchet_state, 'none')), (d.environment), (d.template_id), ())) AS n
      LEFT JOIN template t ON t.id = n.template_id
      """;

  private final Reads reads;

  FleetSummaryStore(Reads reads) {
    this.reads = reads;
  }

  Uni<FleetSummaryView> summary(Scope scope) {
    Scope.Sql where = scope.where("d", 1);
    return reads
        .list(COUNTS.formatted(where.text()), row -> row, where.parameters().toArray())
        .map(FleetSummaryStore::view);
  }

  private static FleetSummaryView view(List<Row> rows) {
    long total = 0;
    Map<Phase, Long> phases = zeros(Phase.class);
    phases.remove(Phase.TERMINATED);
    Map<HealthStatus, Long> healths = zeros(HealthStatus.class);
    Map<HatchetState, Long> connections = zeros(HatchetState.class);
    Map<Environment, Long> environments = zeros(Environment.class);
    List<TemplateCount> templates = new ArrayList<>();
    for (Row row : rows) {
      long count = row.getLong("count");
      if (row.getString("phase") != null) {
        phases.put(Phase.fromWire(row.getString("phase")), count);
      } else if (row.getString("health") != null) {
        healths.put(HealthStatus.fromWire(row.getString("health")), count);
      } else if (row.getString("hatchet") != null) {
        known(row.getString("hatchet")).ifPresent(state -> connections.put(state, count));
      } else if (row.getString("environment") != null) {
        environments.put(Environment.fromWire(row.getString("environment")), count);
      } else if (row.getUUID("template_id") != null) {
        templates.add(
            new TemplateCount(row.getUUID("template_id"), row.getString("template"), count));
      } else {
        total = count;
      }
    }
    templates.sort(
        Comparator.comparingLong(TemplateCount::count)
            .reversed()
            .thenComparing(TemplateCount::name));
    return new FleetSummaryView(
        total, phases, healths, connections, environments, List.copyOf(templates));
  }

  private static Optional<HatchetState> known(String word) {
    return word.equals("none") ? Optional.empty() : Optional.of(HatchetState.fromWire(word));
  }

  private static <E extends Enum<E>> Map<E, Long> zeros(Class<E> type) {
    Map<E, Long> counts = new EnumMap<>(type);
    for (E one : type.getEnumConstants()) {
      counts.put(one, 0L);
    }
    return counts;
  }
}
