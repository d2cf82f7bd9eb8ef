package dev.valet.common.operation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation as the API shows it.
 *
 * @param id names it for good
 * @param kind what it does
 * @param target id of the sandbox; null for a bulk operation
 * @param action what a bulk operation does to each sandbox; null for others
 * @param status where it is
 * @param steps what an operation on one sandbox went through so far, in order; none for a bulk
 *     operation
 * @param counts of a bulk operation's items; null for others
 * @param items the first hundred items of a bulk operation, where it is shown alone; null elsewhere
 * @param reason why it failed or was cancelled; null otherwise
 * @param createdAt when it was accepted
 * @param endedAt null until its status is final
 */
public record OperationView(
    UUID id,
    OperationKind kind,
    @Nullable UUID target,
    @Nullable OperationKind action,
    OperationStatus status,
    List<OperationStep> steps,
    @Nullable ItemCounts counts,
    @Nullable List<OperationItemView> items,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant endedAt) {

  /** The same with its items. */
  public OperationView with(ItemCounts all, @Nullable List<OperationItemView> first) {
    return new OperationView(
        id, kind, target, action, status, steps, all, first, reason, createdAt, endedAt);
  }
}
