package dev.valet.api.health;

import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table sandbox_health: the columns that say what to probe, and the resets that come with them. */
@ApplicationScoped
class TargetStore {
  private static final String INTRODUCE =
      """
      INSERT INTO sandbox_health (sandbox_id, tenant_id, environment, status, since, reason)
      VALUES ($1, $2, $3, 'unknown', $4, $5) ON CONFLICT (sandbox_id) DO NOTHING
      """;
  private static final String LOCK =
      """
      SELECT sandbox_id, tenant_id, environment, status, reason, probed, address, port,
        boot_started_at, failure_threshold, success_threshold, boot_grace_seconds, declared_parts,
        instance_id, zone, template_version
      FROM sandbox_health WHERE sandbox_id = $1 FOR UPDATE
      """;
  private static final String TARGET =
      """
      UPDATE sandbox_health SET probed = true, address = $2, port = $3, boot_started_at = $4,
        failure_threshold = $5, success_threshold = $6, boot_grace_seconds = $7,
        declared_parts = $8, instance_id = $9, zone = $10, template_version = $11,
        target_version = target_version + 1, target_changed_at = now(), version = version + 1
      """;
  private static final String RESET =
      """
      , since = CASE WHEN status = 'unknown' THEN since ELSE %1$s END,
        verdict_version = verdict_version + CASE WHEN status = 'unknown' THEN 0 ELSE 1 END,
        healthy_until = CASE WHEN status = 'healthy' THEN %1$s ELSE healthy_until END,
        status = 'unknown', reason = %2$s, conditions = '{}', consecutive_failures = 0,
        consecutive_successes = 0, good_run = 0, impaired_run = 0, boot_answered = false,
        last_probe_at = NULL, detail = NULL, boot_id = NULL, facts = NULL, hatchet_state = NULL,
        finding = NULL, finding_restart = false
      """;
  private static final String ONE = " WHERE sandbox_id = $1 RETURNING version";
  private static final String UPDATE = TARGET + ONE;
  private static final String START_BOOT = TARGET + RESET.formatted("$12", "$13") + ONE;
  private static final String CLEAR =
      """
      UPDATE sandbox_health SET probed = false, target_version = target_version + 1,
        target_changed_at = now(), version = version + 1
      """
          + RESET.formatted("$2", "$3")
          + ONE;

  /** What is told of a sandbox so far; {@code target} is null while it is not probed. */
  record Known(
      UUID sandboxId,
      UUID tenantId,
      Environment environment,
      HealthStatus status,
      String reason,
      @Nullable String instanceId,
      @Nullable Instant bootStartedAt,
      @Nullable ProbeTarget target) {

    boolean sameBoot(ProbeTarget other) {
      return target != null
          && other.bootStartedAt().equals(bootStartedAt)
          && other.instanceId().equals(instanceId);
    }
  }

  Uni<Void> introduce(
      Tx tx, UUID sandboxId, UUID tenantId, Environment environment, String reason, Instant now) {
    return tx.update(
            INTRODUCE, sandboxId, tenantId, environment.wire(), Rows.parameter(now), reason)
        .replaceWithVoid();
  }

  Uni<@Nullable Known> lock(Tx tx, UUID sandboxId) {
    return tx.first(LOCK, TargetStore::known, sandboxId);
  }

  /** Another target in the same boot: counters and verdict stay. */
  Uni<Void> update(Tx tx, ProbeTarget target) {
    return tx.update(UPDATE, parameters(target)).replaceWithVoid();
  }

  /** A target of a new boot; yields the row's version. */
  Uni<Long> startBoot(Tx tx, ProbeTarget target, String reason, Instant now) {
    return version(tx, START_BOOT, parameters(target, Rows.parameter(now), reason));
  }

  /** No target; yields the row's version. */
  Uni<Long> clear(Tx tx, UUID sandboxId, String reason, Instant now) {
    return version(tx, CLEAR, sandboxId, Rows.parameter(now), reason);
  }

  private static Uni<Long> version(Tx tx, String sql, @Nullable Object... parameters) {
    return tx.list(sql, row -> row.getLong("version"), parameters).map(rows -> rows.getFirst());
  }

  private static @Nullable Object[] parameters(ProbeTarget target, @Nullable Object... more) {
    @Nullable Object[] all = {
      target.sandboxId(),
      target.address(),
      target.port(),
      Rows.parameter(target.bootStartedAt()),
      target.thresholds().failures(),
      target.thresholds().successes(),
      (int) target.thresholds().bootGrace().toSeconds(),
      target.declaredParts().stream().sorted().toArray(String[]::new),
      target.instanceId(),
      target.zone(),
      target.templateVersion()
    };
    @Nullable Object[] joined = java.util.Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, joined, all.length, more.length);
    return joined;
  }

  private static Known known(Row row) {
    return new Known(
        row.getUUID("sandbox_id"),
        row.getUUID("tenant_id"),
        Environment.fromWire(row.getString("environment")),
        HealthStatus.fromWire(row.getString("status")),
        row.getString("reason"),
        row.getString("instance_id"),
        Rows.instant(row, "boot_started_at"),
        row.getBoolean("probed") ? target(row) : null);
  }

  /** The target in a row that is probed. */
  static ProbeTarget target(Row row) {
    return new ProbeTarget(
        row.getUUID("sandbox_id"),
        row.getUUID("tenant_id"),
        Environment.fromWire(row.getString("environment")),
        row.getString("address"),
        row.getInteger("port"),
        Rows.requiredInstant(row, "boot_started_at"),
        new Thresholds(
            row.getInteger("failure_threshold"),
            row.getInteger("success_threshold"),
            Duration.ofSeconds(row.getInteger("boot_grace_seconds"))),
        Set.of(row.getArrayOfStrings("declared_parts")),
        row.getString("instance_id"),
        row.getString("zone"),
        row.getString("template_version"));
  }
}
