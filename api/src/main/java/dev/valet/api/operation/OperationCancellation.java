package dev.valet.api.operation;

import static java.util.Objects.requireNonNull;

import dev.valet.api.access.Caller;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.access.Permission;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/**
 * Takes operations back where that is safe: of a bulk operation what has not begun. An operation on
 * one sandbox is a wish that the reconciler fulfils step by step; only another wish changes it.
 */
@ApplicationScoped
public class OperationCancellation {
  private final Transactions transactions;
  private final OperationStore store;
  private final BulkOperations bulk;
  private final AuditLog audit;

  OperationCancellation(
      Transactions transactions, OperationStore store, BulkOperations bulk, AuditLog audit) {
    this.transactions = transactions;
    this.store = store;
    this.bulk = bulk;
    this.audit = audit;
  }

  /**
   * Cancels; again is no error.
   *
   * @throws ProblemException not-found; forbidden; conflict if it has ended or cannot be cancelled
   */
  public Uni<Void> cancel(Caller caller, UUID id) {
    return store
        .find(id, Visible.to(caller, Permission.READ))
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.notFound("operation " + id))
        .invoke(operation -> authorise(caller, operation))
        .chain(() -> transactions.write(tx -> cancel(tx, caller, id)));
  }

  private static void authorise(Caller caller, Operation operation) {
    boolean own =
        operation.bulk() != null && principal(operation.bulk()).equals(caller.principal());
    if (!own) {
      caller.require(Permission.OPERATE, operation.tenantId(), operation.environment());
    }
  }

  private static String principal(Operation.Bulk bulk) {
    return bulk.caller().issuer() + "|" + bulk.caller().subject();
  }

  private Uni<Void> cancel(Tx tx, Caller caller, UUID id) {
    return store
        .lock(tx, id)
        .map(found -> requireNonNull(found))
        .invoke(OperationCancellation::check)
        .chain(operation ->
            bulk.cancel(tx, operation, caller.name())
                .chain(first -> first ? record(tx, caller, operation) : done()));
  }

  private static void check(Operation operation) {
    if (operation.endedAt() != null) {
      throw ProblemException.of(
          ProblemType.CONFLICT, "The operation has ended: " + operation.status().wire() + ".");
    }
    if (operation.bulk() == null) {
      throw ProblemException.of(ProblemType.CONFLICT, advice(operation.kind()));
    }
  }

  private static String advice(OperationKind kind) {
    return switch (kind) {
      case CREATE, IMPORT ->
          "What EC2 was asked for cannot be recalled; stop or terminate the sandbox, which"
              + " supersedes this operation.";
      case START -> "A start is not taken back; stop the sandbox, which supersedes it.";
      case STOP -> "A stop is not taken back; start the sandbox, which supersedes it.";
      case UPGRADE ->
          "An upgrade is not taken back half-way; upgrade to another version or terminate the"
              + " sandbox, which supersedes it.";
      case RESTART ->
          "A restart is not taken back half-way; stop or terminate the sandbox, which supersedes"
              + " it.";
      case TERMINATE -> "Nothing supersedes a terminate.";
      case BULK -> throw new IllegalArgumentException("a bulk operation can be cancelled");
    };
  }

  private Uni<Void> record(Tx tx, Caller caller, Operation operation) {
    return audit.record(
        tx,
        AuditEntry.of(caller.actor(), "operation.cancel")
            .on("operation", operation.id())
            .in(operation.tenantId(), operation.environment())
            .change(Map.of("status", operation.status().wire()), Map.of("status", "cancelled")));
  }

  private static Uni<Void> done() {
    return Uni.createFrom().voidItem();
  }
}
