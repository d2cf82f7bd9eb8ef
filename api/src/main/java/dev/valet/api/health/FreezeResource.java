package dev.valet.api.health;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import dev.valet.common.health.FleetFreezeView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/fleet/freeze}: verdicts held back, and the brake on automatic repair. */
@Path("/api/v1/fleet/freeze")
@Tag(name = "fleet")
@Produces(MediaType.APPLICATION_JSON)
class FreezeResource {
  private final FreezeViews views;
  private final CurrentCaller caller;

  FreezeResource(FreezeViews views, CurrentCaller caller) {
    this.views = views;
    this.caller = caller;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(
      operationId = "getFleetFreeze",
      summary = "Whether the fleet is frozen",
      description =
          "When most of the fleet fails at once, the fault is probably not the sandboxes': for ten"
              + " minutes no healthy one becomes unhealthy, and automatic repair is braked until"
              + " somebody releases it.")
  public Uni<FleetFreezeView> get() {
    return views.show();
  }

  @POST
  @Path("release")
  @Requires(Permission.OPERATE)
  @Operation(
      operationId = "releaseFleetFreeze",
      summary = "Let automatic repair go on after a freeze",
      description =
          "Needs the permission operate for all tenants and environments. A freeze under way goes"
              + " on to its end; only the brake is released. Safe to repeat.")
  public Uni<FleetFreezeView> release() {
    return views.release(caller.get());
  }
}
