package dev.valet.api.sandbox;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import dev.valet.common.sandbox.FleetSummaryView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/fleet}: the sandboxes as a whole. */
@Path("/api/v1/fleet")
@Tag(name = "fleet", description = "The sandboxes as a whole")
class FleetResource {
  private final SandboxViews views;
  private final CurrentCaller current;

  FleetResource(SandboxViews views, CurrentCaller current) {
    this.views = views;
    this.current = current;
  }

  @GET
  @Path("summary")
  @Requires(Permission.READ)
  @Operation(
      operationId = "getFleetSummary",
      summary = "How many sandboxes there are, by phase, health, environment and template",
      description = "Of those that the caller may see; terminated ones do not count.")
  public Uni<FleetSummaryView> summary() {
    return views.summary(current.get().scope(Permission.READ));
  }
}
