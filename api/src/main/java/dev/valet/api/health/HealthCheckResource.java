package dev.valet.api.health;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Probing by hand. */
@Path("/api/v1/sandboxes/{id}/health-check")
@Tag(name = "health")
@Produces(MediaType.APPLICATION_JSON)
class HealthCheckResource {
  private final HealthService service;
  private final CurrentCaller caller;

  HealthCheckResource(HealthService service, CurrentCaller caller) {
    this.service = service;
    this.caller = caller;
  }

  @POST
  @Requires(Permission.OPERATE)
  @Operation(
      operationId = "checkSandboxHealth",
      summary = "Probe a sandbox now",
      description = "Shows the result; changes neither counters nor verdict. 409 if not probed.")
  public Uni<ProbeNowView> post(@PathParam("id") UUID id) {
    return service.probe(caller.get(), id);
  }
}
