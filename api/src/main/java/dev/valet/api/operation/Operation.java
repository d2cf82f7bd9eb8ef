package dev.valet.api.operation;

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
 * @param generation the sandbox generation that it works for; a newer one supersedes it
 */
public record Operation(
    UUID id,
    OperationKind kind,
    UUID target,
    UUID tenantId,
    Environment environment,
    long generation,
    OperationStatus status,
    List<OperationStep> steps,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant endedAt) {

  /** As the API shows it. */
  public OperationView view() {
    return new OperationView(id, kind, target, status, steps, reason, createdAt, endedAt);
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
        endedAt);
  }
}
