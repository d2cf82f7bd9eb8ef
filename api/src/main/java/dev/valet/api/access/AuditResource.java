package dev.valet.api.access;

import dev.valet.api.audit.AuditRecord;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/audit}: who did what. */
@Path("/api/v1/audit")
@Tag(name = "audit", description = "Who did what, when, from where")
class AuditResource {
  private final AuditViews views;
  private final CurrentCaller caller;

  AuditResource(AuditViews views, CurrentCaller caller) {
    this.views = views;
    this.caller = caller;
  }

  @GET
  @Requires(Permission.AUDIT)
  @Operation(operationId = "listAudit", summary = "What was done, by whom; newest first")
  public Uni<Page<AuditRecord>> list(
      @Valid @BeanParam AuditParameters filters,
      @RestQuery
          @DefaultValue("50")
          @Min(1) @Max(Page.MAX_LIMIT) @Parameter(description = "Rows of a page")
          int limit,
      @RestQuery @Parameter(description = "nextCursor of the page before, with the same filters")
          @Nullable String cursor) {
    return views.list(caller.get(), filters.query(), limit, cursor);
  }
}
