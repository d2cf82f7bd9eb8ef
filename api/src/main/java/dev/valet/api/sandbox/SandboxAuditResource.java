package dev.valet.api.sandbox;

import dev.valet.api.access.AuditViews;
import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.api.audit.AuditQuery;
import dev.valet.api.audit.AuditRecord;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sandboxes/{id}/audit}: the history of one sandbox. */
@Path("/api/v1/sandboxes/{id}/audit")
@Tag(name = "sandboxes")
class SandboxAuditResource {
  private final SandboxViews sandboxes;
  private final AuditViews audit;
  private final CurrentCaller current;

  SandboxAuditResource(SandboxViews sandboxes, AuditViews audit, CurrentCaller current) {
    this.sandboxes = sandboxes;
    this.audit = audit;
    this.current = current;
  }

  @GET
  @Requires(Permission.AUDIT)
  @Operation(
      operationId = "listSandboxAudit",
      summary = "What was done to a sandbox, by whom; newest first")
  public Uni<Page<AuditRecord>> list(
      @PathParam("id") UUID id,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @Nullable @QueryParam("cursor") String cursor) {
    return sandboxes
        .get(id, current.get().scope(Permission.AUDIT))
        .chain(() -> audit.list(current.get(), AuditQuery.ofSandbox(id), limit, cursor));
  }
}
