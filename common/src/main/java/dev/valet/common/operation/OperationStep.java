package dev.valet.common.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of an operation.
 *
 * @param name the phase that the step stands for, such as {@code launching}
 * @param status where it is
 * @param startedAt when it began
 * @param endedAt null while it runs
 * @param detail what happened or is awaited, for people; null when there is nothing to say
 */
public record OperationStep(
    String name,
    StepStatus status,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String detail) {}
