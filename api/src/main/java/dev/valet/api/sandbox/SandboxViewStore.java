package dev.valet.api.sandbox;

import static dev.valet.api.platform.db.Rows.instant;
import static dev.valet.api.platform.db.Rows.requiredInstant;

import dev.valet.api.access.Scope;
import dev.valet.api.health.HatchetFacts;
import dev.valet.api.platform.db.Reads;
import dev.valet.common.health.AgentHealth;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.health.PartState;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.common.sandbox.Environment;
import dev.valet.common.sandbox.Phase;
import dev.valet.common.sandbox.SandboxView;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads sandboxes as the API shows them: one query over the three tables of their state. */
@ApplicationScoped
class SandboxViewStore {
  static final String SELECT =
      """
      SELECT d.id, d.name, d.tenant_id, d.environment, d.template_id, d.template_version,
        t.latest_version, s.applied_template_version,
        d.desired, d.capacity, d.tags, d.version, d.created_at, d.updated_at,
        s.phase, s.reason, s.conditions, s.instance_id, s.ec2_status, s.instance_type, s.zone,
        s.private_ip, s.public_ip, s.launched_at,
        h.status AS health, h.since AS health_since, h.consecutive_failures, h.last_probe_at,
        h.detail AS health_detail, h.facts -> 'engines' AS engines,
        nullif(h.facts -> 'hatchet', 'null') AS hatchet,
        (h.facts #>> '{tasks,active}')::integer AS active_tasks, o.id AS operation_id
      FROM sandbox d
      JOIN sandbox_status s ON s.sandbox_id = d.id
      JOIN template t ON t.id = d.template_id
      JOIN sandbox_health h ON h.sandbox_id = d.id
      LEFT JOIN operation o ON o.target = d.id AND o.ended_at IS NULL
      """;

  private final Reads reads;

  SandboxViewStore(Reads reads) {
    this.reads = reads;
  }

  Uni<@Nullable SandboxView> find(UUID id, Scope scope) {
    Scope.Sql where = scope.where("d", 2);
    return reads.first(
        SELECT + "WHERE d.id = $1 AND " + where.text(), SandboxViewStore::view, where.after(id));
  }

  /** Runs a list query made of {@link #SELECT}. */
  Uni<List<SandboxView>> list(String sql, List<@Nullable Object> parameters) {
    return reads.list(sql, SandboxViewStore::view, parameters.toArray());
  }

  private static SandboxView view(Row row) {
    return new SandboxView(
        row.getUUID("id"),
        row.getString("name"),
        row.getUUID("tenant_id"),
        Environment.fromWire(row.getString("environment")),
        row.getUUID("template_id"),
        row.getInteger("template_version"),
        row.getInteger("latest_version"),
        row.getInteger("applied_template_version"),
        null,
        DesiredState.fromWire(row.getString("desired")),
        Phase.fromWire(row.getString("phase")),
        row.getString("reason"),
        ec2(row),
        health(row),
        row.getInteger("capacity"),
        row.getInteger("active_tasks"),
        each(row.getJsonArray("engines"), SandboxViewStore::engine),
        HatchetFacts.read(row.getJsonObject("hatchet")),
        tags(row.getJsonObject("tags")),
        each(row.getJsonArray("conditions"), SandboxViewStore::condition),
        row.getUUID("operation_id"),
        row.getLong("version"),
        requiredInstant(row, "created_at"),
        requiredInstant(row, "updated_at"));
  }

  private static SandboxView.@Nullable Ec2 ec2(Row row) {
    String instanceId = row.getString("instance_id");
    return instanceId == null
        ? null
        : new SandboxView.Ec2(
            instanceId,
            Ec2Status.fromWire(row.getString("ec2_status")),
            row.getString("instance_type"),
            row.getString("zone"),
            row.getString("private_ip"),
            row.getString("public_ip"),
            instant(row, "launched_at"));
  }

  private static SandboxView.Health health(Row row) {
    return new SandboxView.Health(
        HealthStatus.fromWire(row.getString("health")),
        instant(row, "health_since"),
        row.getInteger("consecutive_failures"),
        instant(row, "last_probe_at"),
        row.getString("health_detail"));
  }

  private static Map<String, String> tags(JsonObject tags) {
    return tags.stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> (String) entry.getValue()));
  }

  private static <T> List<T> each(@Nullable JsonArray array, Function<JsonObject, T> read) {
    return array == null
        ? List.of()
        : array.stream().map(one -> read.apply((JsonObject) one)).toList();
  }

  private static AgentHealth.Engine engine(JsonObject json) {
    return new AgentHealth.Engine(
        json.getString("name"),
        PartState.fromWire(json.getString("state")),
        json.getString("detail"));
  }

  private static SandboxView.Condition condition(JsonObject json) {
    return new SandboxView.Condition(
        json.getString("type"), json.getString("message"), Instant.parse(json.getString("since")));
  }
}
