package dev.valet.api.sandbox.metrics;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import dev.valet.common.metrics.FleetMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/fleet/metrics}. */
@Path("/api/v1/fleet/metrics")
@Tag(name = "metrics", description = "Load of sandboxes and fleet over time")
class FleetMetricsResource {
  private final MetricService service;
  private final CurrentCaller caller;

  FleetMetricsResource(MetricService service, CurrentCaller caller) {
    this.service = service;
    this.caller = caller;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(
      operationId = "getFleetMetrics",
      summary = "CPU, memory, disk and tasks of the fleet over time",
      description =
          "All sandboxes that you may see, or those that match, in one series or one per group. Steps"
              + " without a measurement are absent: a gap is a gap.")
  public Uni<FleetMetrics> get(@BeanParam FleetParameters parameters) {
    return service.ofFleet(caller.get(), parameters);
  }
}
