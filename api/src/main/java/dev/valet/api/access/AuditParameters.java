package dev.valet.api.access;

import dev.valet.api.audit.AuditQuery;
import dev.valet.api.audit.AuditResult;
import dev.valet.common.sandbox.Environment;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The filters of the audit log, as query parameters. */
class AuditParameters {
  @RestQuery
  @Size(max = 255) @Parameter(description = "Subject of the actor", example = "5a1f0c1e-7f43-4f0b-9d2b-0f3c6c1f8b11")
  @Nullable String actor;

  @RestQuery
  @Size(max = 100) @Parameter(description = "What was done", example = "sandbox.stop")
  @Nullable String action;

  @RestQuery
  @Size(max = 100) @Parameter(description = "Kind of the target", example = "sandbox")
  @Nullable String targetType;

  @RestQuery
  @Size(max = 255) @Parameter(
      description = "Id or name of the target",
      example = "0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3e")
  @Nullable String targetId;

  @RestQuery
  @Parameter(description = "The sandbox whose history it is")
  @Nullable UUID sandboxId;

  @RestQuery
  @Parameter(description = "Tenant of the target")
  @Nullable UUID tenantId;

  @RestQuery
  @Parameter(description = "Environment of the target")
  @Nullable Environment environment;

  @RestQuery
  @Parameter(description = "How it ended")
  @Nullable AuditResult result;

  @RestQuery
  @Size(max = 255) @Parameter(description = "The HTTP request that it was done by")
  @Nullable String requestId;

  @RestQuery
  @Parameter(description = "Not before this time", example = "2026-11-24T00:00:00Z")
  @Nullable Instant from;

  @RestQuery
  @Parameter(description = "Before this time", example = "2026-11-25T00:00:00Z")
  @Nullable Instant to;

  AuditQuery query() {
    return new AuditQuery(
        actor,
        action,
        targetType,
        targetId,
        sandboxId,
        tenantId,
        environment,
        result,
        requestId,
        from,
        to);
  }
}
