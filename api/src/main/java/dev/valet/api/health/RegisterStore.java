package dev.valet.api.health;

import dev.valet.api.health.HeldShards.Claim;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.common.health.HatchetState;
import dev.valet.common.health.HealthStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what to probe from table sandbox_health. */
@ApplicationScoped
class RegisterStore {
  private static final String COLUMNS =
      """
      SELECT sandbox_id, shard, probed, target_version,
        tenant_id, environment, address, port, boot_started_at, failure_threshold,
        success_threshold, boot_grace_seconds, declared_parts, instance_id, zone, template_version,
        status, since, reason, conditions, consecutive_failures, consecutive_successes, good_run,
        impaired_run, boot_answered, healthy_since, healthy_until, boot_id, detail,
        facts ->> 'version' AS agent_version, hatchet_state,
        facts #>> '{hatchet,workerId}' AS worker_id, finding
      FROM sandbox_health
      """;
  private static final String ALL = COLUMNS + "WHERE probed AND shard = ANY($1)";
  private static final String CHANGED =
      COLUMNS + "WHERE target_changed_at > $2 AND shard = ANY($1)";

  private final Reads reads;

  RegisterStore(Reads reads) {
    this.reads = reads;
  }

  /**
   * One row.
   *
   * @param probed null if the sandbox is not probed any more
   */
  record Read(UUID sandboxId, @Nullable Probed probed) {}

  /** The database's time. */
  Uni<Instant> now() {
    return reads
        .list("SELECT now() AS now", row -> Rows.requiredInstant(row, "now"))
        .map(rows -> rows.getFirst());
  }

  /** All that is probed in these shards. */
  Uni<List<Read>> all(Collection<Claim> claims) {
    Map<Integer, Claim> byShard = byShard(claims);
    return reads.list(ALL, row -> read(row, byShard), (Object) ShardStore.array(byShard.keySet()));
  }

  /** Targets set or cleared since then, in these shards. */
  Uni<List<Read>> changed(Collection<Claim> claims, Instant since) {
    Map<Integer, Claim> byShard = byShard(claims);
    return reads.list(
        CHANGED,
        row -> read(row, byShard),
        ShardStore.array(byShard.keySet()),
        Rows.parameter(since));
  }

  private static Map<Integer, Claim> byShard(Collection<Claim> claims) {
    return claims.stream().collect(Collectors.toMap(Claim::shard, claim -> claim));
  }

  private static Read read(Row row, Map<Integer, Claim> claims) {
    Claim claim = claims.get(row.getInteger("shard"));
    return new Read(
        row.getUUID("sandbox_id"),
        claim != null && row.getBoolean("probed") ? probed(row, claim) : null);
  }

  private static Probed probed(Row row, Claim claim) {
    return new Probed(
        TargetStore.target(row),
        row.getLong("target_version"),
        claim,
        state(row),
        row.getString("boot_id"),
        row.getString("agent_version"),
        link(row),
        row.getString("finding"),
        row.getString("detail"),
        null);
  }

  private static @Nullable WorkerLink link(Row row) {
    String state = row.getString("hatchet_state");
    return state == null
        ? null
        : new WorkerLink(HatchetState.fromWire(state), row.getString("worker_id"));
  }

  static VerdictState state(Row row) {
    return new VerdictState(
        HealthStatus.fromWire(row.getString("status")),
        Rows.requiredInstant(row, "since"),
        row.getString("reason"),
        List.of(row.getArrayOfStrings("conditions")),
        row.getInteger("consecutive_failures"),
        row.getInteger("consecutive_successes"),
        row.getInteger("good_run"),
        row.getInteger("impaired_run"),
        row.getBoolean("boot_answered"),
        Rows.instant(row, "healthy_since"),
        Rows.instant(row, "healthy_until"));
  }
}
