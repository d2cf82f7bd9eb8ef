package dev.valet.api.sandbox;

import static java.util.Objects.requireNonNull;

import dev.valet.api.access.Caller;
import dev.valet.api.access.Callers;
import dev.valet.api.operation.BulkOperations;
import dev.valet.api.operation.ItemClaim;
import dev.valet.api.operation.Operation;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.loop.Loop;
import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.operation.ItemStatus;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.sandbox.UpgradeSandboxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Works off the items of bulk operations. Beginning an item (the sandbox's own operation, its audit
 * and events, and the note in the item) is one transaction under the item's lease, so a crash
 * anywhere repeats nothing and loses nothing, and two replicas never do the same.
 */
@ApplicationScoped
class BulkRunner implements Loop {
  static final String NAME = "bulk";

  private static final Logger LOG = Logger.getLogger(BulkRunner.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** Faults of Valet's own, not refusals; after so many the item has failed. */
  private static final int MOST_ATTEMPTS = 5;

  private final BulkOperations operations;
  private final SandboxService sandboxes;
  private final Callers callers;
  private final Transactions transactions;
  private final Contexts contexts;
  private final Wakeups wakeups;

  BulkRunner(
      BulkOperations operations,
      SandboxService sandboxes,
      Callers callers,
      Transactions transactions,
      Contexts contexts,
      Wakeups wakeups) {
    this.operations = operations;
    this.sandboxes = sandboxes;
    this.callers = callers;
    this.transactions = transactions;
    this.contexts = contexts;
    this.wakeups = wakeups;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  /** Claims items and begins them; those that ended at once make room for the next. */
  @Override
  public Uni<Void> run() {
    return claim()
        .chain(claims -> claims.isEmpty() ? Uni.createFrom().voidItem() : beginAll(claims));
  }

  Uni<List<ItemClaim>> claim() {
    return transactions.write(tx -> operations.claim(tx, LEASE));
  }

  private Uni<Void> beginAll(List<ItemClaim> claims) {
    List<Uni<Void>> begun =
        claims.stream().map(claim -> contexts.fresh(() -> begin(claim))).toList();
    return Uni.join()
        .all(begun)
        .andCollectFailures()
        .onFailure()
        .recoverWithNull()
        .invoke(() -> wakeups.wake(Wakeups.RECONCILER))
        .invoke(() -> wakeups.wake(NAME))
        .replaceWithVoid();
  }

  /** Begins one item with what its caller may do now. */
  Uni<Void> begin(ItemClaim claim) {
    Operation.Bulk bulk = requireNonNull(claim.bulk().bulk());
    return callers
        .recall(bulk.caller())
        .chain(caller -> transactions.write(tx -> begin(tx, claim, caller, bulk)))
        .onFailure(ProblemException.class)
        .recoverWithUni(refusal -> failed(claim, ((ProblemException) refusal).detail()))
        .onFailure()
        .recoverWithUni(fault -> faulty(claim, fault));
  }

  private Uni<Void> begin(Tx tx, ItemClaim claim, Caller caller, Operation.Bulk bulk) {
    return operations
        .hold(tx, claim)
        .chain(mine ->
            mine
                ? act(caller, claim.sandboxId(), bulk)
                    .chain(begun -> note(tx, claim, bulk.action(), begun))
                : Uni.createFrom().voidItem());
  }

  private Uni<Operation> act(Caller caller, UUID id, Operation.Bulk bulk) {
    boolean force = bulk.forced();
    return switch (bulk.action()) {
      case START -> sandboxes.start(caller, id);
      case STOP -> sandboxes.stop(caller, id, force);
      case RESTART -> sandboxes.restart(caller, id, force);
      case TERMINATE -> sandboxes.terminate(caller, id, force);
      case UPGRADE -> sandboxes.upgrade(caller, id, new UpgradeSandboxRequest(null, null, force));
      case CREATE, IMPORT, BULK ->
          throw new IllegalArgumentException("no bulk action: " + bulk.action());
    };
  }

  private Uni<Void> note(Tx tx, ItemClaim claim, OperationKind action, Operation begun) {
    return begun.endedAt() == null
        ? operations.begun(tx, claim, begun.id())
        : operations.ended(tx, claim, begun.id(), ItemStatus.SKIPPED, nothingToDo(action));
  }

  private static String nothingToDo(OperationKind action) {
    return switch (action) {
      case START -> "It was running already";
      case STOP -> "It was stopped already";
      case TERMINATE -> "It was terminated already";
      case UPGRADE -> "It was of the latest version already";
      case CREATE, IMPORT, RESTART, BULK -> "There was nothing to do";
    };
  }

  private Uni<Void> failed(ItemClaim claim, String reason) {
    return transactions.write(tx -> operations.ended(tx, claim, null, ItemStatus.FAILED, reason));
  }

  /** Nothing was written: the lease runs out and the item is tried again, but not for ever. */
  private Uni<Void> faulty(ItemClaim claim, Throwable fault) {
    LOG.warnf(
        fault, "Item %s of operation %s could not be begun", claim.sandboxId(), claim.bulk().id());
    return claim.attempts() < MOST_ATTEMPTS
        ? Uni.createFrom().voidItem()
        : failed(claim, "Valet failed " + MOST_ATTEMPTS + " times; its log says why");
  }
}
