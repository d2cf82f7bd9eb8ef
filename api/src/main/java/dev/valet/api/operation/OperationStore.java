package dev.valet.api.operation;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.access.Scope;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.WireName;
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
  static final String COLUMNS =
      """
      SELECT o.id, o.kind, o.target, o.tenant_id, o.environment, o.generation, o.status, o.steps,
             o.reason, o.created_at, o.ended_at, o.action, o.forced, o.concurrency, o.caller,
             o.cancelled_by
      FROM operation o
      """;
  private static final String OPEN =
      COLUMNS + "WHERE o.target = $1 AND o.ended_at IS NULL FOR UPDATE";
  private static final String INSERT =
      """
      INSERT INTO operation (id, kind, target, tenant_id, environment, generation, status, steps,
                             reason, created_at, ended_at, action, concurrency, caller, principal,
                             forced)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
      """;
  private static final String UPDATE =
      "UPDATE operation SET status = $2, steps = $3, reason = $4, ended_at = $5 WHERE id = $1";

  private static final String LOCK = COLUMNS + "WHERE o.id = $1 FOR UPDATE";

  private final Reads reads;
  private final ObjectMapper json;

  OperationStore(Reads reads, ObjectMapper json) {
    this.reads = reads;
    this.json = json;
  }

  /** The operation, if the caller may see it: by its area, or because they started it. */
  Uni<@Nullable Operation> find(UUID id, Visible visible) {
    Scope.Sql where = visible.where("o", 2);
    return reads.first(
        COLUMNS + "WHERE o.id = $1 AND " + where.text(), this::read, where.after(id));
  }

  /** Newest first, one more than a page. */
  Uni<List<Operation>> list(
      OperationFilter filter, Visible visible, @Nullable UUID before, int rows) {
    Scope.Sql where = visible.where("o", 6);
    String sql =
        COLUMNS
            + """
            WHERE ($1::text IS NULL OR o.kind = $1) AND ($2::text IS NULL OR o.status = $2)
              AND ($3::uuid IS NULL OR o.target = $3) AND ($4::uuid IS NULL OR o.id < $4)
              AND %s ORDER BY o.id DESC LIMIT $5
            """
                .formatted(where.text());
    return reads.list(
        sql,
        this::read,
        where.after(wire(filter.kind()), wire(filter.status()), filter.target(), before, rows));
  }

  private static @Nullable String wire(@Nullable WireName name) {
    return name == null ? null : name.wire();
  }

  Uni<@Nullable Operation> lock(Tx tx, UUID id) {
    return tx.first(LOCK, this::read, id);
  }

  Uni<@Nullable Operation> findOpen(Tx tx, UUID target) {
    return tx.first(OPEN, this::read, target);
  }

  Uni<Void> insert(Tx tx, Operation operation) {
    Operation.Bulk bulk = operation.bulk();
    return tx.update(
            INSERT,
            operation.id(),
            operation.kind().wire(),
            operation.target(),
            operation.tenantId(),
            wire(operation.environment()),
            operation.generation(),
            operation.status().wire(),
            write(operation.steps()),
            operation.reason(),
            Rows.parameter(operation.createdAt()),
            Rows.parameter(operation.endedAt()),
            bulk == null ? null : bulk.action().wire(),
            bulk == null ? null : bulk.concurrency(),
            bulk == null ? null : CallerCodec.write(bulk.caller()),
            bulk == null ? null : bulk.caller().issuer() + "|" + bulk.caller().subject(),
            bulk == null ? null : bulk.forced())
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

  Operation read(Row row) {
    return new Operation(
        row.getUUID("id"),
        OperationKind.fromWire(row.getString("kind")),
        row.getUUID("target"),
        row.getUUID("tenant_id"),
        environment(row),
        row.getLong("generation"),
        OperationStatus.fromWire(row.getString("status")),
        readSteps(requireNonNull(row.getJsonArray("steps"))),
        row.getString("reason"),
        Rows.requiredInstant(row, "created_at"),
        Rows.instant(row, "ended_at"),
        bulk(row));
  }

  private static @Nullable Environment environment(Row row) {
    String environment = row.getString("environment");
    return environment == null ? null : Environment.fromWire(environment);
  }

  private static Operation.@Nullable Bulk bulk(Row row) {
    String action = row.getString("action");
    return action == null
        ? null
        : new Operation.Bulk(
            OperationKind.fromWire(action),
            Boolean.TRUE.equals(row.getBoolean("forced")),
            row.getInteger("concurrency"),
            CallerCodec.read(row.getJsonObject("caller")),
            row.getString("cancelled_by"));
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
