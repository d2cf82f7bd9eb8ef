package dev.valet.api.operation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.access.Scope;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.operation.OperationStatus;
import dev.valet.common.operation.OperationStep;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of operations. */
@ApplicationScoped
class OperationStore {
  private static final TypeReference<List<OperationStep>> STEPS = new TypeReference<>() {};
  private static final String COLUMNS =
      """
      SELECT o.id, o.kind, o.target, o.tenant_id, o.environment, o.generation, o.status, o.steps,
             o.reason, o.created_at, o.ended_at
      FROM operation o
      """;
  private static final String OPEN =
      COLUMNS + "WHERE o.target = $1 AND o.ended_at IS NULL FOR UPDATE";
  private static final String INSERT =
      """
      INSERT INTO operation (id, kind, target, tenant_id, environment, generation, status, steps,
                             reason, created_at, ended_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """;
  private static final String UPDATE =
      "UPDATE operation SET status = $2, steps = $3, reason = $4, ended_at = $5 WHERE id = $1";

  private final Reads reads;
  private final ObjectMapper json;

  OperationStore(Reads reads, ObjectMapper json) {
    this.reads = reads;
    this.json = json;
  }

  Uni<@Nullable Operation> find(UUID id, Scope scope) {
    Scope.Sql where = scope.where("o", 2);
    return reads.first(
        COLUMNS + "WHERE o.id = $1 AND " + where.text(), this::read, where.after(id));
  }

  Uni<@Nullable Operation> findOpen(Tx tx, UUID target) {
    return tx.first(OPEN, this::read, target);
  }

  Uni<Void> insert(Tx tx, Operation operation) {
    return tx.update(
            INSERT,
            operation.id(),
            operation.kind().wire(),
            operation.target(),
            operation.tenantId(),
            operation.environment().wire(),
            operation.generation(),
            operation.status().wire(),
            write(operation.steps()),
            operation.reason(),
            Rows.parameter(operation.createdAt()),
            Rows.parameter(operation.endedAt()))
        .replaceWithVoid();
  }

  Uni<Void> update(Tx tx, Operation operation) {
    return tx.update(
            UPDATE,
            operation.id(),
            operation.status().wire(),
            write(operation.steps()),
            operation.reason(),
            Rows.parameter(operation.endedAt()))
        .replaceWithVoid();
  }

  private Operation read(Row row) {
    return new Operation(
        row.getUUID("id"),
        OperationKind.fromWire(row.getString("kind")),
        row.getUUID("target"),
        row.getUUID("tenant_id"),
        Environment.fromWire(row.getString("environment")),
        row.getLong("generation"),
        OperationStatus.fromWire(row.getString("status")),
        readSteps(requireNonNull(row.getJsonArray("steps"))),
        row.getString("reason"),
        Rows.requiredInstant(row, "created_at"),
        Rows.instant(row, "ended_at"));
  }

  private List<OperationStep> readSteps(JsonArray steps) {
    try {
      return json.readValue(steps.encode(), STEPS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored steps cannot be read", e);
    }
  }

  private JsonArray write(List<OperationStep> steps) {
    try {
      return new JsonArray(json.writeValueAsString(steps));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("steps cannot be written", e);
    }
  }
}
