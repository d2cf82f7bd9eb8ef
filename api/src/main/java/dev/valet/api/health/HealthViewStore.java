package dev.valet.api.health;

import dev.valet.api.health.HealthView.Change;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what the API shows of health. */
@ApplicationScoped
class HealthViewStore {
  private static final String CURRENT =
      """
      SELECT h.*, f.state = 'frozen' AND f.frozen_until > $2 AS frozen
      FROM sandbox_health h, fleet_freeze f WHERE h.sandbox_id = $1
      """;
  private static final String HISTORY =
      """
      SELECT id, at, from_status, to_status, reason FROM health_verdict_change
      WHERE sandbox_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
      """;

  private final Reads reads;
  private final Clock clock;

  HealthViewStore(Reads reads, Clock clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /**
   * A health row.
   *
   * @param target what is probed; null if it is not
   * @param finding what else than the agent says is wrong
   */
  record Current(
      UUID sandboxId,
      UUID tenantId,
      Environment environment,
      VerdictState state,
      boolean frozen,
      @Nullable Instant lastProbeAt,
      @Nullable String detail,
      @Nullable AgentFacts agent,
      @Nullable ProbeTarget target,
      @Nullable String finding) {}

  /** A change and its place in the history. */
  record Numbered(long id, Change change) {}

  Uni<@Nullable Current> current(UUID sandboxId) {
    return reads.first(
        CURRENT, HealthViewStore::current, sandboxId, Rows.parameter(clock.instant()));
  }

  /** Changes older than the one with that number, newest first. */
  Uni<List<Numbered>> history(UUID sandboxId, long before, int most) {
    return reads.list(HISTORY, HealthViewStore::numbered, sandboxId, before, (long) most);
  }

  private static Current current(Row row) {
    JsonObject facts = row.getJsonObject("facts");
    return new Current(
        row.getUUID("sandbox_id"),
        row.getUUID("tenant_id"),
        Environment.fromWire(row.getString("environment")),
        RegisterStore.state(row),
        row.getBoolean("frozen"),
        Rows.instant(row, "last_probe_at"),
        row.getString("detail"),
        facts == null ? null : AgentFacts.of(facts),
        row.getBoolean("probed") ? TargetStore.target(row) : null,
        row.getString("finding"));
  }

  private static Numbered numbered(Row row) {
    return new Numbered(
        row.getLong("id"),
        new Change(
            Rows.requiredInstant(row, "at"),
            HealthStatus.fromWire(row.getString("from_status")),
            HealthStatus.fromWire(row.getString("to_status")),
            row.getString("reason")));
  }
}
