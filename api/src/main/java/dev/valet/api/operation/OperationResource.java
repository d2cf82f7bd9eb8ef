package dev.valet.api.operation;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import dev.valet.common.operation.OperationView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/operations}. */
@Path("/api/v1/operations")
@Tag(name = "operations", description = "Long work and its steps")
class OperationResource {
  private final OperationService operations;
  private final CurrentCaller caller;

  OperationResource(OperationService operations, CurrentCaller caller) {
    this.operations = operations;
    this.caller = caller;
  }

  @GET
  @Path("{id}")
  @Requires(Permission.READ)
  @Operation(
      summary = "An operation and its steps",
      description = "Poll it until its status is succeeded, failed or cancelled.")
  public Uni<OperationView> get(@PathParam("id") UUID id) {
    return operations
        .get(id, caller.get().scope(Permission.READ))
        .map(dev.valet.api.operation.Operation::view);
  }
}
