package dev.valet.api.health;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A sandbox's health and how it came to be. */
@Path("/api/v1/sandboxes/{id}/health")
@Tag(name = "health", description = "Verdicts on sandboxes, and what they rest on")
@Produces(MediaType.APPLICATION_JSON)
class HealthResource {
  private final HealthService service;
  private final CurrentCaller caller;

  HealthResource(HealthService service, CurrentCaller caller) {
    this.service = service;
    this.caller = caller;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(summary = "Health of a sandbox, with the changes of its verdict, newest first")
  public Uni<HealthView> get(
      @PathParam("id") UUID id,
      @QueryParam("limit") @DefaultValue("" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @QueryParam("cursor") @Nullable String cursor) {
    return service.show(caller.get(), id, limit, cursor);
  }
}
