package dev.valet.api.sandbox.metrics;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.db.Rows;
import dev.valet.common.metrics.MetricGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the one query of a chart. Minutes and hours have the same columns, and means are weighted
 * by answered probes, so that they can be mixed: hours that are not rolled up yet, the running one
 * among them, are made of their minutes. Every value is a parameter.
 */
final class MetricSql {
  /** Parameters 1 and 2 are the range, 3 is the step in seconds. */
  private static final int RANGE_PARAMETERS = 3;

  private static final List<String> METRICS = List.of("cpu", "memory", "disk", "tasks");
  private static final String VALUES =
      METRICS.stream()
          .flatMap(one -> Stream.of(one + "_min", one + "_avg", one + "_max"))
          .collect(Collectors.joining(", "));
  private static final String MINUTES =
      "SELECT sandbox_id, minute AS at, 1 AS minutes, probes, failures, "
          + VALUES
          + " FROM health_sample WHERE minute >= $1 AND minute < $2";
  private static final String HOURS =
      """
      SELECT sandbox_id, hour AS at, minutes, probes, failures, %1$s FROM health_sample_hour
      WHERE hour >= $1 AND hour < $2 AND hour NOT IN (SELECT hour FROM health_hour_due)
      UNION ALL
      SELECT m.sandbox_id, m.minute, 1, m.probes, m.failures, %1$s
      FROM health_hour_due d
      JOIN health_sample m ON m.minute >= d.hour AND m.minute < d.hour + interval '1 hour'
      WHERE d.hour >= $1 AND d.hour < $2\
      """
          .formatted(VALUES);
  private static final String STEPS =
      "date_bin(make_interval(secs => $3), x.at, timestamptz 'epoch') AS step,"
          + " sum(x.minutes) AS minutes, sum(x.probes)::int AS probes,"
          + " sum(x.failures)::int AS failures, "
          + METRICS.stream().map(MetricSql::weighted).collect(Collectors.joining(", "));

  private final List<@Nullable Object> parameters = new ArrayList<>();
  private final String samples;

  private MetricSql(MetricRange range) {
    samples = range.ofHours() ? HOURS : MINUTES;
    parameters.add(Rows.parameter(range.from()));
    parameters.add(Rows.parameter(range.to()));
    parameters.add((double) range.step().length().toSeconds());
  }

  /** A query and the values of its parameters. */
  record Sql(String text, List<@Nullable Object> parameters) {}

  /** One sandbox: no row if it may not be seen, a row without step if it has no samples. */
  static Sql ofSandbox(MetricRange range, UUID id, Scope scope) {
    MetricSql sql = new MetricSql(range);
    String visible = sql.visible(scope) + sql.and("s.id =", id);
    String text =
        "SELECT p.* FROM sandbox s LEFT JOIN LATERAL (SELECT %s FROM (%s) x WHERE x.sandbox_id = s.id GROUP BY step) p ON true WHERE %s ORDER BY p.step";
    return new Sql(text.formatted(STEPS, sql.samples, visible), sql.parameters);
  }

  /** All sandboxes that may be seen and match, by group and step. */
  static Sql ofFleet(MetricRange range, FleetParameters filters, Scope scope) {
    MetricSql sql = new MetricSql(range);
    String visible =
        sql.visible(scope)
            + sql.and(
                "s.environment =", filters.environment == null ? null : filters.environment.wire())
            + sql.and("s.template_id =", filters.templateId)
            + sql.and("s.tenant_id =", filters.tenantId);
    String text =
        """
        WITH each AS (
          SELECT %1$s AS key, x.sandbox_id, %2$s
          FROM (%3$s) x JOIN sandbox s ON s.id = x.sandbox_id
          WHERE %4$s GROUP BY key, x.sandbox_id, step)
        SELECT e.key, coalesce(%5$s, e.key) AS name, e.step,
          count(*) FILTER (WHERE e.probes > e.failures) AS reporting,
          count(*) FILTER (WHERE e.probes = e.failures) AS silent,
          coalesce(sum(e.tasks_avg * e.minutes), 0) / max(e.minutes) AS tasks,
          %6$s
        FROM each e GROUP BY e.key, e.step ORDER BY e.key, e.step
        """;
    return new Sql(
        text.formatted(
            key(filters.groupBy),
            STEPS,
            sql.samples,
            visible,
            name(filters.groupBy),
            Stream.of("cpu", "memory", "disk")
                .map(MetricSql::distribution)
                .collect(Collectors.joining(", "))),
        sql.parameters);
  }

  private String visible(Scope scope) {
    Scope.Sql where = scope.where("s", RANGE_PARAMETERS + 1);
    parameters.addAll(where.parameters());
    return where.text();
  }

  private String and(String condition, @Nullable Object value) {
    if (value == null) {
      return "";
    }
    parameters.add(value);
    return " AND " + condition + " $" + parameters.size();
  }

  private static String key(@Nullable MetricGroup group) {
    return switch (group) {
      case null -> "'all'";
      case ENVIRONMENT -> "s.environment";
      case TEMPLATE -> "s.template_id::text";
      case TENANT -> "s.tenant_id::text";
    };
  }

  private static String name(@Nullable MetricGroup group) {
    return switch (group) {
      case TEMPLATE -> "(SELECT t.name FROM template t WHERE t.id = e.key::uuid)";
      case TENANT -> "(SELECT t.slug FROM tenant t WHERE t.id = e.key::uuid)";
      case null, default -> "NULL";
    };
  }

  private static String weighted(String metric) {
    return ("min(x.%1$s_min) AS %1$s_min,"
            + " sum(x.%1$s_avg * (x.probes - x.failures)::float8)"
            + " / nullif(sum((x.probes - x.failures)::float8)"
            + " FILTER (WHERE x.%1$s_avg IS NOT NULL), 0) AS %1$s_avg,"
            + " max(x.%1$s_max) AS %1$s_max")
        .formatted(metric);
  }

  private static String distribution(String metric) {
    return ("avg(e.%1$s_avg) AS %1$s_avg,"
            + " percentile_cont(0.5) WITHIN GROUP (ORDER BY e.%1$s_avg) AS %1$s_p50,"
            + " percentile_cont(0.95) WITHIN GROUP (ORDER BY e.%1$s_avg) AS %1$s_p95,"
            + " max(e.%1$s_max) AS %1$s_max")
        .formatted(metric);
  }
}
