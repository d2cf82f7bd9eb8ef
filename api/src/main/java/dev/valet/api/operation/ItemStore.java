package dev.valet.api.operation;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.operation.ItemStatus;
import dev.valet.common.operation.OperationItemView;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQL of the items of bulk operations, as people see them and as they are accepted. */
@ApplicationScoped
class ItemStore {
  private static final String INSERT =
      """
      INSERT INTO operation_item (operation_id, sandbox_id, name, tenant_id, environment, status,
        reason, ended_at)
      SELECT $1, new.sandbox_id, new.name, new.tenant_id, new.environment,
        CASE WHEN new.reason IS NULL THEN 'pending' ELSE 'failed' END, new.reason,
        CASE WHEN new.reason IS NULL THEN NULL ELSE $7::timestamptz END
      FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[])
        AS new (sandbox_id, name, tenant_id, environment, reason)
      """;
  private static final String PAGE =
      """
      SELECT i.sandbox_id, i.name, i.status, i.reason, i.sub_operation, i.started_at, i.ended_at
      FROM operation_item i
      WHERE i.operation_id = $1 AND ($2::text IS NULL OR i.status = $2)
        AND ($3::uuid IS NULL OR i.sandbox_id > $3) AND %s
      ORDER BY i.sandbox_id LIMIT $4
      """;
  private static final String COUNTS =
      """
      SELECT i.operation_id, i.status, count(*) AS count FROM operation_item i
      WHERE i.operation_id = ANY ($1) AND %s GROUP BY 1, 2
      """;

  private final Reads reads;

  ItemStore(Reads reads) {
    this.reads = reads;
  }

  Uni<Void> insert(Tx tx, UUID operationId, List<NewItem> items, Instant now) {
    return tx.update(
            INSERT,
            operationId,
            items.stream().map(NewItem::sandboxId).toArray(UUID[]::new),
            items.stream().map(NewItem::name).toArray(String[]::new),
            items.stream().map(NewItem::tenantId).toArray(UUID[]::new),
            items.stream().map(item -> wire(item.environment())).toArray(String[]::new),
            items.stream().map(NewItem::refusal).toArray(String[]::new),
            Rows.parameter(now))
        .replaceWithVoid();
  }

  Uni<List<OperationItemView>> page(
      UUID operationId,
      Visible visible,
      @Nullable ItemStatus status,
      @Nullable UUID after,
      int rows) {
    Scope.Sql where = visible.items("i", 5);
    return reads.list(
        PAGE.formatted(where.text()),
        ItemStore::item,
        where.after(operationId, status == null ? null : status.wire(), after, rows));
  }

  /** Counts by operation; those without items are missing. */
  Uni<Map<UUID, Counts>> counts(List<UUID> operationIds, Visible visible) {
    Scope.Sql where = visible.items("i", 2);
    return reads
        .list(
            COUNTS.formatted(where.text()),
            row ->
                Map.entry(
                    row.getUUID("operation_id"),
                    Counts.of(ItemStatus.fromWire(row.getString("status")), row.getLong("count"))),
            where.after((Object) operationIds.toArray(UUID[]::new)))
        .map(rows ->
            rows.stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Counts::plus)));
  }

  private static OperationItemView item(Row row) {
    return new OperationItemView(
        row.getUUID("sandbox_id"),
        row.getString("name"),
        ItemStatus.fromWire(row.getString("status")),
        row.getString("reason"),
        row.getUUID("sub_operation"),
        Rows.instant(row, "started_at"),
        Rows.instant(row, "ended_at"));
  }

  private static @Nullable String wire(@Nullable Environment environment) {
    return environment == null ? null : environment.wire();
  }
}
