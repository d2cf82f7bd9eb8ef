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
 * @param target id of the sandbox
 * @param status where it is
 * @param steps what it went through so far, in order
 * @param reason why it failed or was cancelled; null otherwise
 * @param createdAt when it was accepted
 * @param endedAt null until its status is final
 */
public record OperationView(
    UUID id,
    OperationKind kind,
    UUID target,
    OperationStatus status,
    List<OperationStep> steps,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant endedAt) {}
