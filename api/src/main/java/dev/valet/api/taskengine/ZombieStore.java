package dev.valet.api.taskengine;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.taskengine.Suspicion.Kind;
import dev.valet.api.taskengine.Suspicion.Stage;
import dev.valet.common.health.HatchetState;
import dev.valet.common.sandbox.Environment;
import dev.valet.common.taskengine.TaskEngineView.Zombies;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table worker_suspicion, and what agents said last. */
@ApplicationScoped
class ZombieStore {
  private static final String AGENTS =
      """
      SELECT sandbox_id, tenant_id, environment, boot_id, hatchet_state,
        facts #>> '{hatchet,workerId}' AS worker_id, facts #>> '{hatchet,lastTaskAt}' AS last_task,
        coalesce((facts #>> '{tasks,capacity}')::integer, 0)
          - coalesce((facts #>> '{tasks,active}')::integer, 0) AS room
      FROM sandbox_health
      WHERE probed AND boot_id IS NOT NULL AND status IN ('healthy', 'degraded')
        AND hatchet_state IN ('connected', 'connecting', 'degraded')
        AND consecutive_failures = 0 AND last_probe_at > $1
      """;
  private static final String KNOWN = "SELECT * FROM worker_suspicion";
  private static final String WRITE =
      """
      INSERT INTO worker_suspicion (sandbox_id, boot_id, kind, stage, since, seen_at, staged_at,
        rounds, clear_rounds)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (sandbox_id) DO UPDATE SET boot_id = $2, kind = $3, stage = $4, since = $5,
        seen_at = $6, staged_at = $7, rounds = $8, clear_rounds = $9
      """;
  private static final String DELETE = "DELETE FROM worker_suspicion WHERE sandbox_id = $1";
  private static final String COUNT =
      """
      SELECT count(*) FILTER (WHERE stage = 'watched')::integer AS suspected,
        count(*) FILTER (WHERE stage <> 'watched')::integer AS found
      FROM worker_suspicion
      """;

  private final Reads reads;

  ZombieStore(Reads reads) {
    this.reads = reads;
  }

  /** Agents, and suspicions by sandbox. */
  record Sights(List<AgentSight> agents, Map<UUID, Suspicion> known) {}

  /** Agents that mean to take tasks, by probes since then, and what is suspected of whom. */
  Uni<Sights> sights(Tx tx, Instant probedSince) {
    return tx.list(AGENTS, ZombieStore::agent, Rows.parameter(probedSince))
        .chain(
            agents -> tx.list(KNOWN, ZombieStore::suspicion).map(known -> sights(agents, known)));
  }

  private static Sights sights(List<AgentSight> agents, List<Suspicion> known) {
    return new Sights(
        agents, known.stream().collect(Collectors.toMap(Suspicion::sandboxId, one -> one)));
  }

  Uni<Void> write(Tx tx, Suspicion suspicion) {
    return tx.update(
            WRITE,
            suspicion.sandboxId(),
            suspicion.bootId(),
            suspicion.kind().word(),
            suspicion.stage().word(),
            Rows.parameter(suspicion.since()),
            Rows.parameter(suspicion.seenAt()),
            Rows.parameter(suspicion.stagedAt()),
            suspicion.rounds(),
            suspicion.clearRounds())
        .replaceWithVoid();
  }

  Uni<Void> delete(Tx tx, UUID sandboxId) {
    return tx.update(DELETE, sandboxId).replaceWithVoid();
  }

  Uni<Zombies> count(@Nullable String held) {
    return reads
        .list(COUNT, row -> new Zombies(row.getInteger("suspected"), row.getInteger("found"), held))
        .map(List::getFirst);
  }

  private static AgentSight agent(Row row) {
    return new AgentSight(
        row.getUUID("sandbox_id"),
        row.getUUID("tenant_id"),
        Environment.fromWire(row.getString("environment")),
        row.getString("boot_id"),
        HatchetState.fromWire(row.getString("hatchet_state")),
        row.getString("worker_id"),
        row.getInteger("room"),
        instant(row.getString("last_task")));
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static Suspicion suspicion(Row row) {
    return new Suspicion(
        row.getUUID("sandbox_id"),
        row.getString("boot_id"),
        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        Stage.valueOf(row.getString("stage").toUpperCase(Locale.ROOT)),
        Rows.requiredInstant(row, "since"),
        Rows.requiredInstant(row, "seen_at"),
        Rows.requiredInstant(row, "staged_at"),
        row.getInteger("rounds"),
        row.getInteger("clear_rounds"));
  }
}
