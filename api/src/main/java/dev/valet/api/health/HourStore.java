package dev.valet.api.health;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Table health_sample_hour, a partition a month, and the hours that are due to be rolled up. */
@ApplicationScoped
class HourStore {
  private static final List<String> METRICS = List.of("cpu", "memory", "disk", "tasks");

  private static final String DUE =
      """
      SELECT hour FROM health_hour_due WHERE hour <= $1::timestamptz - interval '1 hour' ORDER BY hour LIMIT $2
      """;
  private static final String TAKE = "DELETE FROM health_hour_due WHERE hour = $1";
  private static final String ROLL_UP =
      """
      INSERT INTO health_sample_hour (sandbox_id, hour, minutes, probes, failures, %s)
      SELECT sandbox_id, $1::timestamptz, count(*), sum(probes), sum(failures), %s
      FROM (SELECT *, (probes - failures)::float8 AS weight FROM health_sample
            WHERE minute >= $1 AND minute < $1 + interval '1 hour') m
      GROUP BY sandbox_id
      ON CONFLICT (sandbox_id, hour) DO UPDATE SET minutes = excluded.minutes,
        probes = excluded.probes, failures = excluded.failures, %s
      """
          .formatted(
              columns().collect(Collectors.joining(", ")),
              METRICS.stream().map(HourStore::rolledUp).collect(Collectors.joining(", ")),
              columns()
                  .map(column -> column + " = excluded." + column)
                  .collect(Collectors.joining(", ")));
  private static final String MAKE_AHEAD = "SELECT health_hour_make_partitions($1)";
  private static final String DROP_OLD = "SELECT health_hour_drop_partitions($1)";

  private final Reads reads;

  HourStore(Reads reads) {
    this.reads = reads;
  }

  /** Hours that ended before that time and have minutes that are not in them yet. */
  Uni<List<Instant>> due(Instant endedBefore, int most) {
    return reads.list(
        DUE, row -> Rows.requiredInstant(row, "hour"), Rows.parameter(endedBefore), (long) most);
  }

  /** Rolls an hour up from all its minutes; doing so again changes nothing. */
  Uni<Integer> rollUp(Tx tx, Instant hour) {
    return tx.update(TAKE, Rows.parameter(hour))
        .chain(() -> tx.update(ROLL_UP, Rows.parameter(hour)));
  }

  /** Makes sure that there are partitions from last month until so many months ahead. */
  Uni<Integer> makeAhead(Tx tx, int months) {
    return tx.list(MAKE_AHEAD, row -> row.getInteger(0), months).map(List::getFirst);
  }

  /** Drops the months that ended before that time; yields how many. */
  Uni<Integer> dropOld(Tx tx, Instant before) {
    return tx.list(DROP_OLD, row -> row.getInteger(0), Rows.parameter(before)).map(List::getFirst);
  }

  private static Stream<String> columns() {
    return METRICS.stream().flatMap(one -> Stream.of(one + "_min", one + "_avg", one + "_max"));
  }

  private static String rolledUp(String metric) {
    return ("min(%1$s_min), sum(%1$s_avg * weight)"
            + " / nullif(sum(weight) FILTER (WHERE %1$s_avg IS NOT NULL), 0), max(%1$s_max)")
        .formatted(metric);
  }
}
