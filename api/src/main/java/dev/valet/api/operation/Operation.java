package dev.valet.api.operation;

import static java.util.Objects.requireNonNull;

import dev.valet.api.access.RememberedCaller;
import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.operation.OperationStatus;
import dev.valet.common.operation.OperationStep;
import dev.valet.common.operation.OperationView;
import dev.valet.common.sandbox.Environment;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of table operation.
 *
 * @param target the sandbox; null for a bulk operation
 * @param tenantId of the target; for a bulk operation of all its items, null if they differ
 * @param environment likewise
 * @param generation the sandbox generation that it works for; a newer one supersedes it
 * @param bulk what only a bulk operation has; null for others
 */
public record Operation(
    UUID id,
    OperationKind kind,
    @Nullable UUID target,
    @Nullable UUID tenantId,
    @Nullable Environment environment,
    long generation,
    OperationStatus status,
    List<OperationStep> steps,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant endedAt,
    @Nullable Bulk bulk) {

  /**
   * What a bulk operation does, and for whom.
   *
   * @param action to each item
   * @param forced whether running tasks are not waited for
   * @param concurrency items in progress at a time
   * @param cancelledBy name of who cancelled it; null while nobody did
   */
  public record Bulk(
      OperationKind action,
      boolean forced,
      int concurrency,
      RememberedCaller caller,
      @Nullable String cancelledBy) {}

  /** As the API shows it, without its items. */
  public OperationView view() {
    return new OperationView(
        id,
        kind,
        target,
        bulk == null ? null : bulk.action(),
        status,
        steps,
        null,
        null,
        reason,
        createdAt,
        endedAt);
  }

  /** Who may see its events: whoever may see its target. Not for a bulk operation. */
  EventSubject eventSubject() {
    return EventSubject.sandbox(
        requireNonNull(tenantId), requireNonNull(environment), requireNonNull(target));
  }

  Operation with(
      OperationStatus status,
      List<OperationStep> steps,
      @Nullable String reason,
      @Nullable Instant endedAt) {
    return new Operation(
        id,
        kind,
        target,
        tenantId,
        environment,
        generation,
        status,
        steps,
        reason,
        createdAt,
        endedAt,
        bulk);
  }
}
