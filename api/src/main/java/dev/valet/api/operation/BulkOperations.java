package dev.valet.api.operation;

import static java.util.Objects.requireNonNull;

import dev.valet.api.access.Caller;
import dev.valet.api.access.RememberedCaller;
import dev.valet.api.operation.BulkStore.PlaceCounts;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.platform.time.Ids;
import dev.valet.common.event.EventType;
import dev.valet.common.operation.ItemStatus;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.operation.OperationStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Operations on many sandboxes: accepted with all their items, worked off by whoever claims some of
 * them, ended when no item is open. All that is known is in rows, so that any replica goes on where
 * another one died.
 */
@ApplicationScoped
public class BulkOperations {
  private static final int MOST_AT_ONCE = 20;
  private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(1);

  private final BulkStore store;
  private final OperationStore operations;
  private final ItemStore items;
  private final Outbox outbox;
  private final Ids ids;
  private final Clock clock;

  BulkOperations(
      BulkStore store,
      OperationStore operations,
      ItemStore items,
      Outbox outbox,
      Ids ids,
      Clock clock) {
    this.store = store;
    this.operations = operations;
    this.items = items;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /** Accepts an operation with its items. */
  public Uni<Operation> open(
      Tx tx,
      Caller caller,
      OperationKind action,
      boolean forced,
      int concurrency,
      List<NewItem> of) {
    Operation opened =
        new Operation(
            ids.uuid(),
            OperationKind.BULK,
            null,
            common(of, NewItem::tenantId),
            common(of, NewItem::environment),
            0,
            OperationStatus.PENDING,
            List.of(),
            null,
            clock.instant(),
            null,
            new Operation.Bulk(action, forced, concurrency, RememberedCaller.of(caller), null));
    return operations
        .insert(tx, opened)
        .chain(() -> items.insert(tx, opened.id(), of, clock.instant()))
        .chain(() -> advance(tx, opened))
        .replaceWith(opened);
  }

  /** What all of them have; null if they differ, or some have none. */
  private static <T> @Nullable T common(List<NewItem> of, Function<NewItem, @Nullable T> part) {
    T first = of.isEmpty() ? null : part.apply(of.getFirst());
    return first != null && of.stream().allMatch(item -> first.equals(part.apply(item)))
        ? first
        : null;
  }

  /**
   * Moves the open operations on and claims items to begin, of each so many that no more than its
   * concurrency are in progress, whoever works on them.
   *
   * @param lease how long the claims hold
   */
  public Uni<List<ItemClaim>> claim(Tx tx, Duration lease) {
    return store
        .open(tx, MOST_AT_ONCE)
        .onItem()
        .transformToMulti(Multi.createFrom()::iterable)
        .onItem()
        .transformToUniAndConcatenate(bulk -> claim(tx, bulk, lease))
        .onItem()
        .<ItemClaim>disjoint()
        .collect()
        .asList();
  }

  private Uni<List<ItemClaim>> claim(Tx tx, Operation bulk, Duration lease) {
    Operation.Bulk what = requireNonNull(bulk.bulk());
    return store
        .settle(tx, bulk.id())
        .chain(() ->
            what.cancelledBy() == null
                ? store.claim(tx, bulk, what.concurrency(), lease, clock.instant())
                : cancelUnbegun(tx, bulk, what.cancelledBy()))
        .call(() -> advance(tx, bulk));
  }

  private Uni<List<ItemClaim>> cancelUnbegun(Tx tx, Operation bulk, String by) {
    return store
        .cancelUnbegun(tx, bulk.id(), "cancelled by " + by, clock.instant())
        .replaceWith(List.of());
  }

  /** Locks a claimed item for beginning it in this transaction; false if the claim is lost. */
  public Uni<Boolean> hold(Tx tx, ItemClaim claim) {
    return store.hold(tx, claim);
  }

  /** The item's own operation is open; the item ends with it. */
  public Uni<Void> begun(Tx tx, ItemClaim claim, UUID operationId) {
    return store.begun(tx, claim, operationId).replaceWithVoid();
  }

  /** The item has ended; nothing is written if the claim is lost. */
  public Uni<Void> ended(
      Tx tx,
      ItemClaim claim,
      @Nullable UUID operationId,
      ItemStatus status,
      @Nullable String reason) {
    return store.ended(tx, claim, operationId, status, reason, clock.instant()).replaceWithVoid();
  }

  /**
   * Cancels what has not begun; what has begun goes on to its end.
   *
   * @param bulk locked by the caller
   * @return false if it was cancelled before
   */
  Uni<Boolean> cancel(Tx tx, Operation bulk, String by) {
    return store
        .takeBack(tx, bulk.id(), by, clock.instant())
        .call(first -> first ? cancelUnbegun(tx, bulk, by) : Uni.createFrom().nullItem())
        .call(first ->
            first
                ? operations.lock(tx, bulk.id()).chain(now -> advance(tx, requireNonNull(now)))
                : Uni.createFrom().nullItem());
  }

  /** Brings the operation's status up to that of its items, and tells of it. */
  private Uni<Void> advance(Tx tx, Operation bulk) {
    return store
        .counts(tx, bulk.id())
        .chain(counts -> {
          Operation now = BulkProgress.of(bulk, PlaceCounts.total(counts), clock.instant());
          return (now.equals(bulk) ? done() : operations.update(tx, now))
              .chain(() -> announce(tx, now, counts));
        });
  }

  private Uni<Void> announce(Tx tx, Operation bulk, List<PlaceCounts> counts) {
    String what = bulk.status().wire() + " " + PlaceCounts.total(counts).view();
    return store
        .announce(tx, bulk.id(), what, clock.instant(), clock.instant().minus(BETWEEN_EVENTS))
        .chain(due -> due ? tell(tx, bulk, PlaceCounts.byPlace(counts)) : done());
  }

  private Uni<Void> tell(Tx tx, Operation bulk, Map<EventSubject, Counts> byPlace) {
    return Multi.createFrom()
        .iterable(byPlace.entrySet())
        .onItem()
        .transformToUniAndConcatenate(place ->
            outbox.add(
                tx, EventType.OPERATION_PROGRESS, place.getKey(), data(bulk, place.getValue())))
        .collect()
        .asList()
        .replaceWithVoid();
  }

  /** Each tenant and environment hears of its own items only. */
  private static Map<String, Object> data(Operation bulk, Counts counts) {
    Map<String, Object> byStatus = new HashMap<>();
    counts.byStatus().forEach((status, count) -> byStatus.put(status.wire(), count));
    Map<String, Object> data = new HashMap<>();
    data.put("operationId", bulk.id().toString());
    data.put("kind", bulk.kind().wire());
    data.put("action", requireNonNull(bulk.bulk()).action().wire());
    data.put("status", bulk.status().wire());
    data.put("items", byStatus);
    return data;
  }

  private static Uni<Void> done() {
    return Uni.createFrom().voidItem();
  }
}
