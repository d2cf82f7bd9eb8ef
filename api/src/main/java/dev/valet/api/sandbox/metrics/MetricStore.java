package dev.valet.api.sandbox.metrics;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.common.metrics.FleetMetrics;
import dev.valet.common.metrics.SandboxMetrics;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads charts, each with one query. */
@ApplicationScoped
class MetricStore {
  private final Reads reads;

  MetricStore(Reads reads) {
    this.reads = reads;
  }

  /** A point and the group that it belongs to. */
  record Grouped(String key, String name, FleetMetrics.Point point) {}

  /** The points of a sandbox; null if it may not be seen. */
  Uni<@Nullable List<SandboxMetrics.Point>> ofSandbox(MetricRange range, UUID id, Scope scope) {
    MetricSql.Sql sql = MetricSql.ofSandbox(range, id, scope);
    return reads
        .list(sql.text(), MetricStore::point, sql.parameters().toArray())
        .map(rows -> rows.isEmpty() ? null : rows.stream().flatMap(Optional::stream).toList());
  }

  /** The points of the fleet, by group and time. */
  Uni<List<Grouped>> ofFleet(MetricRange range, FleetParameters filters, Scope scope) {
    MetricSql.Sql sql = MetricSql.ofFleet(range, filters, scope);
    return reads.list(sql.text(), MetricStore::grouped, sql.parameters().toArray());
  }

  private static Optional<SandboxMetrics.Point> point(Row row) {
    Instant step = Rows.instant(row, "step");
    return step == null
        ? Optional.empty()
        : Optional.of(
            new SandboxMetrics.Point(
                step,
                row.getInteger("probes"),
                row.getInteger("failures"),
                spread(row, "cpu"),
                spread(row, "memory"),
                spread(row, "disk"),
                spread(row, "tasks")));
  }

  private static SandboxMetrics.@Nullable Spread spread(Row row, String metric) {
    Double mean = row.getDouble(metric + "_avg");
    return mean == null
        ? null
        : new SandboxMetrics.Spread(
            row.getDouble(metric + "_min"), mean, row.getDouble(metric + "_max"));
  }

  private static Grouped grouped(Row row) {
    return new Grouped(
        row.getString("key"),
        row.getString("name"),
        new FleetMetrics.Point(
            Rows.requiredInstant(row, "step"),
            row.getInteger("reporting"),
            row.getInteger("silent"),
            row.getDouble("tasks"),
            distribution(row, "cpu"),
            distribution(row, "memory"),
            distribution(row, "disk")));
  }

  private static FleetMetrics.@Nullable Distribution distribution(Row row, String metric) {
    Double mean = row.getDouble(metric + "_avg");
    return mean == null
        ? null
        : new FleetMetrics.Distribution(
            mean,
            row.getDouble(metric + "_p50"),
            row.getDouble(metric + "_p95"),
            row.getDouble(metric + "_max"));
  }
}
