package dev.valet.api.operation;

import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.platform.time.Ids;
import dev.valet.common.event.EventType;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.operation.OperationStatus;
import dev.valet.common.operation.StepStatus;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens, advances and ends operations, always inside the transaction of the change they tell of.
 */
@ApplicationScoped
public class OperationService {
  private final OperationStore store;
  private final Outbox outbox;
  private final Ids ids;
  private final Clock clock;

  OperationService(OperationStore store, Outbox outbox, Ids ids, Clock clock) {
    this.store = store;
    this.outbox = outbox;
    this.ids = ids;
    this.clock = clock;
  }

  /** What an operation is about. */
  public record Subject(UUID sandboxId, UUID tenantId, Environment environment, long generation) {}

  /** The open operation of a sandbox, locked; null when there is none. */
  public Uni<@Nullable Operation> findOpen(Tx tx, UUID sandboxId) {
    return store.findOpen(tx, sandboxId);
  }

  /** Opens an operation; an older open one is ended as superseded by it. */
  public Uni<Operation> open(Tx tx, OperationKind kind, Subject subject) {
    Operation opened = draft(kind, subject, OperationStatus.PENDING, null);
    return store
        .findOpen(tx, subject.sandboxId())
        .chain(older -> older == null ? done() : cancel(tx, older, "superseded by " + opened.id()))
        .chain(() -> store.insert(tx, opened))
        .chain(() -> announce(tx, opened));
  }

  /** Records an operation whose goal was reached already. */
  public Uni<Operation> openReached(Tx tx, OperationKind kind, Subject subject) {
    Operation reached = draft(kind, subject, OperationStatus.SUCCEEDED, clock.instant());
    return store.insert(tx, reached).chain(() -> announce(tx, reached));
  }

  /** The sandbox of an open operation entered a step; without one, nothing happens. */
  public Uni<Void> enter(Tx tx, UUID sandboxId, String step, @Nullable String detail) {
    return change(
        tx,
        sandboxId,
        open ->
            open.with(
                OperationStatus.RUNNING,
                Steps.enter(open.steps(), step, detail, clock.instant()),
                null,
                null));
  }

  /** The goal is reached. Ends only an operation of this generation or older. */
  public Uni<Void> succeed(Tx tx, UUID sandboxId, long generation) {
    return change(
        tx,
        sandboxId,
        open ->
            open.generation() > generation
                ? open
                : ended(open, OperationStatus.SUCCEEDED, StepStatus.SUCCEEDED, null));
  }

  /** It cannot go on. Ends only an operation of this generation or older. */
  public Uni<Void> fail(Tx tx, UUID sandboxId, long generation, String reason) {
    return change(
        tx,
        sandboxId,
        open ->
            open.generation() > generation
                ? open
                : ended(open, OperationStatus.FAILED, StepStatus.FAILED, reason));
  }

  private Uni<Void> cancel(Tx tx, Operation open, String reason) {
    Operation cancelled = ended(open, OperationStatus.CANCELLED, StepStatus.CANCELLED, reason);
    return store.update(tx, cancelled).chain(() -> announce(tx, cancelled)).replaceWithVoid();
  }

  private Uni<Void> change(
      Tx tx, UUID sandboxId, java.util.function.UnaryOperator<Operation> change) {
    return store
        .findOpen(tx, sandboxId)
        .chain(open -> open == null ? done() : apply(tx, open, change));
  }

  private Uni<Void> apply(
      Tx tx, Operation open, java.util.function.UnaryOperator<Operation> change) {
    Operation changed = change.apply(open);
    if (changed.equals(open)) {
      return done();
    }
    return store.update(tx, changed).chain(() -> announce(tx, changed)).replaceWithVoid();
  }

  private Operation ended(
      Operation open, OperationStatus status, StepStatus step, @Nullable String reason) {
    Instant now = clock.instant();
    return open.with(status, Steps.end(open.steps(), step, reason, now), reason, now);
  }

  private Operation draft(
      OperationKind kind, Subject subject, OperationStatus status, @Nullable Instant endedAt) {
    return new Operation(
        ids.uuid(),
        kind,
        subject.sandboxId(),
        subject.tenantId(),
        subject.environment(),
        subject.generation(),
        status,
        List.of(),
        null,
        clock.instant(),
        endedAt,
        null);
  }

  private Uni<Operation> announce(Tx tx, Operation operation) {
    Map<String, Object> data = new HashMap<>();
    data.put("operationId", operation.id().toString());
    data.put("kind", operation.kind().wire());
    data.put("status", operation.status().wire());
    if (!operation.steps().isEmpty()) {
      data.put("step", operation.steps().getLast().name());
    }
    return outbox
        .add(tx, EventType.OPERATION_PROGRESS, operation.eventSubject(), data)
        .replaceWith(operation);
  }

  private static Uni<Void> done() {
    return Uni.createFrom().voidItem();
  }
}
