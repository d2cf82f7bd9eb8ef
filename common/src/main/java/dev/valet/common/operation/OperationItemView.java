package dev.valet.common.operation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One sandbox of a bulk operation.
 *
 * @param sandboxId which one
 * @param name as it was when the operation was accepted; null if there was no such sandbox
 * @param status where it stands
 * @param reason why it failed, was skipped or cancelled; null otherwise
 * @param operationId the operation on this one sandbox; null before it began
 * @param startedAt null before it began
 * @param endedAt null until its status is final
 */
public record OperationItemView(
    UUID sandboxId,
    @Nullable String name,
    ItemStatus status,
    @Nullable String reason,
    @Nullable UUID operationId,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {}
