package dev.valet.api.health;

import dev.valet.api.health.FreezePlanner.Judgement.Freeze;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.health.FleetFreezeView;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Table fleet_freeze, and the counts on which it is judged. */
@ApplicationScoped
class FreezeStore {
  private static final String READ =
      """
      SELECT state, frozen_since, frozen_until, reason, failing, healthy_before, repair_braked,
        version
      FROM fleet_freeze
      """;
  private static final String VIEW =
      """
      SELECT state = 'frozen' AND frozen_until > $1 AS frozen, frozen_since, frozen_until, reason,
        failing, healthy_before, repair_braked, released_at, released_by
      FROM fleet_freeze
      """;
  private static final String START =
      """
      UPDATE fleet_freeze SET state = 'frozen', frozen_since = $1, frozen_until = $2, reason = $3,
        failing = $4, healthy_before = $5, repair_braked = true, released_at = NULL,
        released_by = NULL, version = version + 1
      WHERE state = 'idle'
      """;
  private static final String MOVE =
      """
      UPDATE fleet_freeze SET state = $2, version = version + 1 WHERE version = $1
      """;
  private static final String RELEASE =
      """
      UPDATE fleet_freeze
      SET repair_braked = false, released_at = $1, released_by = $2, version = version + 1
      WHERE repair_braked
      """;
  private static final String COHORTS =
      """
      SELECT zone, template_version, agent_version, count(*)::integer AS probed,
        (count(*) FILTER (WHERE was_healthy))::integer AS healthy_before,
        (count(*) FILTER (WHERE was_healthy AND consecutive_failures > 0))::integer AS failing
      FROM (SELECT zone, template_version, facts ->> 'version' AS agent_version,
              consecutive_failures,
              healthy_since <= $2 AND (status = 'healthy' OR healthy_until > $2) AS was_healthy
            FROM sandbox_health WHERE probed AND shard <> ALL($1)) AS known
      GROUP BY 1, 2, 3
      """;

  /** How many are probed, and the cohorts of those that were healthy. */
  record Counts(int probed, List<Cohort> cohorts) {}

  private record Line(int probed, Cohort cohort) {}

  Uni<FreezeState> read(Tx tx) {
    return tx.list(READ, FreezeStore::state).map(List::getFirst);
  }

  Uni<FleetFreezeView> view(Tx tx, Instant now) {
    return tx.list(VIEW, FreezeStore::view, Rows.parameter(now)).map(List::getFirst);
  }

  /** Freezes; false if the fleet is frozen already, or was and is not well again. */
  Uni<Boolean> start(Tx tx, Freeze freeze, Instant now, Instant until) {
    return tx.update(
            START,
            Rows.parameter(now),
            Rows.parameter(until),
            freeze.reason(),
            freeze.failing(),
            freeze.healthyBefore())
        .map(count -> count == 1);
  }

  /** Moves on from the state as it was read; false if somebody else did. */
  Uni<Boolean> move(Tx tx, FreezeState from, FreezeState.Stage to) {
    return tx.update(MOVE, from.version(), to.wire()).map(count -> count == 1);
  }

  /** Releases automatic repair; false if it was not braked. */
  Uni<Boolean> release(Tx tx, Instant now, String by) {
    return tx.update(RELEASE, Rows.parameter(now), by).map(count -> count == 1);
  }

  /** The fleet without these shards, counting those that were healthy at that time. */
  Uni<Counts> others(Tx tx, Collection<Integer> ownShards, Instant before) {
    return tx.list(COHORTS, FreezeStore::line, ShardStore.array(ownShards), Rows.parameter(before))
        .map(lines ->
            new Counts(
                lines.stream().mapToInt(Line::probed).sum(),
                lines.stream().map(Line::cohort).toList()));
  }

  static FreezeState state(Row row) {
    return new FreezeState(
        FreezeState.Stage.fromWire(row.getString("state")),
        Rows.instant(row, "frozen_since"),
        Rows.instant(row, "frozen_until"),
        row.getString("reason"),
        row.getBoolean("repair_braked"),
        row.getLong("version"));
  }

  private static FleetFreezeView view(Row row) {
    return new FleetFreezeView(
        row.getBoolean("frozen"),
        Rows.instant(row, "frozen_since"),
        Rows.instant(row, "frozen_until"),
        row.getString("reason"),
        row.getInteger("failing"),
        row.getInteger("healthy_before"),
        row.getBoolean("repair_braked"),
        Rows.instant(row, "released_at"),
        row.getString("released_by"));
  }

  private static Line line(Row row) {
    return new Line(
        row.getInteger("probed"),
        new Cohort(
            row.getString("zone"),
            row.getString("template_version"),
            row.getString("agent_version"),
            row.getInteger("healthy_before"),
            row.getInteger("failing")));
  }
}
