package dev.valet.api.sandbox;

import static dev.valet.api.platform.db.Rows.instant;
import static dev.valet.api.platform.db.Rows.requiredInstant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.access.Scope;
import dev.valet.api.platform.db.Reads;
import dev.valet.common.health.AgentHealth;
import dev.valet.common.health.HealthStatus;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads sandboxes as the API shows them: one query over the three tables of their state. */
@ApplicationScoped
class SandboxViewStore {
  private static final TypeReference<List<SandboxView.Condition>> CONDITIONS =
      new TypeReference<>() {};
  private static final TypeReference<List<AgentHealth.Engine>> ENGINES = new TypeReference<>() {};

  static final String SELECT =
      """
      SELECT d.id, d.name, d.tenant_id, d.environment, d.template_id, d.template_version,
        d.desired, d.capacity, d.tags, d.version, d.created_at, d.updated_at,
        s.phase, s.reason, s.conditions, s.instance_id, s.ec2_status, s.instance_type, s.zone,
        s.private_ip, s.public_ip, s.launched_at,
        h.status AS health, h.since AS health_since, h.consecutive_failures, h.last_probe_at,
        h.detail AS health_detail, h.facts, o.id AS operation_id
      FROM sandbox d
      JOIN sandbox_status s ON s.sandbox_id = d.id
      LEFT JOIN sandbox_health h ON h.sandbox_id = d.id
      LEFT JOIN operation o ON o.target = d.id AND o.ended_at IS NULL
      """;

  private final Reads reads;
  private final ObjectMapper json;

  SandboxViewStore(Reads reads, ObjectMapper json) {
    this.reads = reads;
    this.json = json;
  }

  Uni<@Nullable SandboxView> find(UUID id, Scope scope) {
    Scope.Sql where = scope.where("d", 2);
    return reads.first(SELECT + "WHERE d.id = $1 AND " + where.text(), this::view, where.after(id));
  }

  /** Runs a list query made of {@link #SELECT}. */
  Uni<List<SandboxView>> list(String sql, List<@Nullable Object> parameters) {
    return reads.list(sql, this::view, parameters.toArray());
  }

  private SandboxView view(Row row) {
    JsonObject facts = row.getJsonObject("facts");
    return new SandboxView(
        row.getUUID("id"),
        row.getString("name"),
        row.getUUID("tenant_id"),
        Environment.fromWire(row.getString("environment")),
        row.getUUID("template_id"),
        row.getInteger("template_version"),
        DesiredState.fromWire(row.getString("desired")),
        Phase.fromWire(row.getString("phase")),
        row.getString("reason"),
        ec2(row),
        health(row),
        row.getInteger("capacity"),
        activeTasks(facts),
        facts == null ? List.of() : read(facts.getJsonArray("engines"), ENGINES),
        tags(row.getJsonObject("tags")),
        read(row.getJsonArray("conditions"), CONDITIONS),
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
    String status = row.getString("health");
    return status == null
        ? new SandboxView.Health(HealthStatus.UNKNOWN, null, 0, null, null)
        : new SandboxView.Health(
            HealthStatus.fromWire(status),
            instant(row, "health_since"),
            row.getInteger("consecutive_failures"),
            instant(row, "last_probe_at"),
            row.getString("health_detail"));
  }

  private static @Nullable Integer activeTasks(@Nullable JsonObject facts) {
    JsonObject tasks = facts == null ? null : facts.getJsonObject("tasks");
    return tasks == null ? null : tasks.getInteger("active");
  }

  private static Map<String, String> tags(JsonObject tags) {
    return tags.stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> (String) entry.getValue()));
  }

  private <T> List<T> read(@Nullable JsonArray array, TypeReference<List<T>> type) {
    try {
      return array == null ? List.of() : json.readValue(array.encode(), type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored JSON column cannot be read", e);
    }
  }
}
