package dev.valet.api.operation;

import static java.util.Objects.requireNonNull;

import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.common.operation.ItemStatus;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQL that moves bulk operations on. Leases are judged by the database's clock. */
@ApplicationScoped
class BulkStore {
  private static final String OPEN =
      OperationStore.COLUMNS
          + """
          WHERE o.kind = 'bulk' AND o.ended_at IS NULL
          ORDER BY o.created_at LIMIT $1 FOR UPDATE SKIP LOCKED
          """;

  /** Ends items whose own operation ended. */
  private static final String SETTLE =
      """
      UPDATE operation_item i SET status = o.status, reason = o.reason, ended_at = o.ended_at
      FROM operation o
      WHERE i.operation_id = $1 AND i.ended_at IS NULL AND o.id = i.sub_operation
        AND o.ended_at IS NOT NULL
      """;

  /** Items that nobody has begun, or whose beginner is gone. */
  private static final String UNBEGUN =
      """
      i.operation_id = $1 AND i.ended_at IS NULL AND i.sub_operation IS NULL
        AND (i.lease_until IS NULL OR i.lease_until < now())
      """;

  private static final String CANCEL =
      "UPDATE operation_item i SET status = 'cancelled', reason = $2, ended_at = $3 WHERE "
          + UNBEGUN;

  private static final String CLAIM =
      """
      UPDATE operation_item i SET status = 'running', lease_token = gen_random_uuid(),
        lease_until = now() + make_interval(secs => $3), attempts = attempts + 1,
        started_at = coalesce(started_at, $4)
      FROM (SELECT i.sandbox_id FROM operation_item i WHERE %s
            ORDER BY i.sandbox_id
            LIMIT greatest(0, $2 - (SELECT count(*) FROM operation_item r WHERE r.operation_id = $1
              AND r.status = 'running' AND (r.sub_operation IS NOT NULL OR r.lease_until >= now())))
           ) AS next
      WHERE i.operation_id = $1 AND i.sandbox_id = next.sandbox_id
      RETURNING i.sandbox_id, i.lease_token, i.attempts
      """
          .formatted(UNBEGUN);

  private static final String HOLD =
      """
      SELECT 1 FROM operation_item WHERE operation_id = $1 AND sandbox_id = $2 AND lease_token = $3
        AND lease_until > now() AND ended_at IS NULL AND sub_operation IS NULL
      FOR UPDATE
      """;

  private static final String BEGUN =
      """
      UPDATE operation_item SET sub_operation = $4, lease_token = NULL, lease_until = NULL
      WHERE operation_id = $1 AND sandbox_id = $2 AND lease_token = $3
      """;

  private static final String ENDED =
      """
      UPDATE operation_item SET sub_operation = $4, status = $5, reason = $6, ended_at = $7,
        lease_token = NULL, lease_until = NULL
      WHERE operation_id = $1 AND sandbox_id = $2 AND lease_token = $3 AND ended_at IS NULL
      """;

  private static final String COUNTS =
      """
      SELECT tenant_id, environment, status, count(*) AS count FROM operation_item
      WHERE operation_id = $1 GROUP BY 1, 2, 3
      """;

  private static final String TAKE_BACK =
      """
      UPDATE operation SET cancelled_at = $2, cancelled_by = $3
      WHERE id = $1 AND ended_at IS NULL AND cancelled_at IS NULL
      """;

  /** At most one event a second, unless it is the last. */
  private static final String ANNOUNCE =
      """
      UPDATE operation SET announced = $2, announced_at = $3
      WHERE id = $1 AND announced IS DISTINCT FROM $2
        AND (announced_at IS NULL OR announced_at <= $4 OR ended_at IS NOT NULL)
      """;

  private final OperationStore operations;

  BulkStore(OperationStore operations) {
    this.operations = operations;
  }

  /** Open bulk operations that no other replica is looking at, locked. */
  Uni<List<Operation>> open(Tx tx, int most) {
    return tx.list(OPEN, operations::read, most);
  }

  Uni<Integer> settle(Tx tx, UUID id) {
    return tx.update(SETTLE, id);
  }

  Uni<Integer> cancelUnbegun(Tx tx, UUID id, String reason, Instant now) {
    return tx.update(CANCEL, id, reason, Rows.parameter(now));
  }

  Uni<List<ItemClaim>> claim(Tx tx, Operation bulk, int concurrency, Duration lease, Instant now) {
    return tx.list(
        CLAIM,
        row -> claim(row, bulk),
        bulk.id(),
        (long) concurrency,
        (double) lease.toSeconds(),
        Rows.parameter(now));
  }

  private static ItemClaim claim(Row row, Operation bulk) {
    return new ItemClaim(
        bulk, row.getUUID("sandbox_id"), row.getUUID("lease_token"), row.getInteger("attempts"));
  }

  /** Locks the item of a claim; false if it is somebody else's by now. */
  Uni<Boolean> hold(Tx tx, ItemClaim claim) {
    return tx.first(HOLD, row -> true, claim.bulk().id(), claim.sandboxId(), claim.token())
        .map(found -> found != null);
  }

  Uni<Integer> begun(Tx tx, ItemClaim claim, UUID subOperation) {
    return tx.update(BEGUN, claim.bulk().id(), claim.sandboxId(), claim.token(), subOperation);
  }

  Uni<Integer> ended(
      Tx tx,
      ItemClaim claim,
      @Nullable UUID subOperation,
      ItemStatus status,
      @Nullable String reason,
      Instant now) {
    return tx.update(
        ENDED,
        claim.bulk().id(),
        claim.sandboxId(),
        claim.token(),
        subOperation,
        status.wire(),
        reason,
        Rows.parameter(now));
  }

  /** Counts by tenant; those of no tenant under null. */
  Uni<List<PlaceCounts>> counts(Tx tx, UUID id) {
    return tx.list(
        COUNTS,
        row ->
            new PlaceCounts(
                place(row),
                Counts.of(ItemStatus.fromWire(row.getString("status")), row.getLong("count"))),
        id);
  }

  private static @Nullable EventSubject place(Row row) {
    UUID tenantId = row.getUUID("tenant_id");
    return tenantId == null
        ? null
        : EventSubject.place(tenantId, Environment.fromWire(row.getString("environment")));
  }

  /**
   * Counts of the items of one tenant and environment, or a part of them.
   *
   * @param place null for items whose sandbox was not found
   */
  record PlaceCounts(@Nullable EventSubject place, Counts counts) {
    static Counts total(List<PlaceCounts> all) {
      return all.stream().map(PlaceCounts::counts).reduce(Counts.NONE, Counts::plus);
    }

    static Map<EventSubject, Counts> byPlace(List<PlaceCounts> all) {
      return all.stream()
          .filter(one -> one.place() != null)
          .collect(
              Collectors.toMap(
                  one -> requireNonNull(one.place()), PlaceCounts::counts, Counts::plus));
    }
  }

  /** Notes that somebody wants it cancelled; false if it has ended or somebody did. */
  Uni<Boolean> takeBack(Tx tx, UUID id, String by, Instant now) {
    return tx.update(TAKE_BACK, id, Rows.parameter(now), by).map(count -> count == 1);
  }

  /** Whether an event that says this is due. */
  Uni<Boolean> announce(Tx tx, UUID id, String what, Instant now, Instant earlierThan) {
    return tx.update(ANNOUNCE, id, what, Rows.parameter(now), Rows.parameter(earlierThan))
        .map(count -> count == 1);
  }
}
