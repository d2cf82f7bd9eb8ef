package dev.valet.api.sandbox.metrics;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import dev.valet.common.metrics.SandboxMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/sandboxes/{id}/metrics}. */
@Path("/api/v1/sandboxes/{id}/metrics")
@Tag(name = "metrics")
class SandboxMetricsResource {
  private final MetricService service;
  private final CurrentCaller caller;

  SandboxMetricsResource(MetricService service, CurrentCaller caller) {
    this.service = service;
    this.caller = caller;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(
      operationId = "getSandboxMetrics",
      summary = "CPU, memory, disk and tasks of a sandbox over time",
      description =
          "Least, mean and most of each step. Steps without a measurement are absent: a gap is a"
              + " gap. Means are weighted by answered probes.")
  public Uni<SandboxMetrics> get(@PathParam("id") UUID id, @BeanParam RangeParameters range) {
    return service.ofSandbox(caller.get(), id, range);
  }
}
