package dev.valet.api.sandbox;

import dev.valet.api.access.Caller;
import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Idempotency;
import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import dev.valet.common.operation.OperationView;
import dev.valet.common.sandbox.BulkEffect;
import dev.valet.common.sandbox.BulkPreview;
import dev.valet.common.sandbox.BulkRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sandboxes/bulk}: one action on many sandboxes. */
@Path("/api/v1/sandboxes/bulk")
@Tag(name = "sandboxes")
// Answered in an untyped Response, so that nothing else tells a native executable of it.
@RegisterForReflection(targets = {BulkPreview.class, BulkPreview.Item.class, BulkEffect.class})
class BulkResource {
  private final BulkService bulk;
  private final CurrentCaller current;

  BulkResource(BulkService bulk, CurrentCaller current) {
    this.bulk = bulk;
    this.current = current;
  }

  @POST
  @Requires(Permission.OPERATE)
  @Operation(
      operationId = "bulkSandboxes",
      summary = "Start, stop, restart, upgrade or terminate many sandboxes",
      description =
          "By at most 1,000 ids, or by the filters of the list, matching at most 10,000; terminate needs the permission"
              + " terminate, upgrade (to the latest version of the template) provision too. With dryRun it only answers what would happen to each. Otherwise it is"
              + " accepted with exactly the sandboxes that match now; each goes its ordinary way"
              + " with an operation of its own, with what the caller may do at that time. One that"
              + " fails stops no other. Safe to repeat with the same Idempotency-Key for 24 hours.")
  @APIResponse(
      responseCode = "202",
      description = "Accepted; the Location is the operation, with a result for each sandbox",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OperationView.class)))
  @APIResponse(
      responseCode = "200",
      description = "Of a dry run: what would happen",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = BulkPreview.class)))
  public Uni<Response> post(
      @Nullable @HeaderParam(Idempotency.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters")
          String idempotencyKey,
      @NotNull @Valid BulkRequest request) {
    Caller caller = current.get();
    return Boolean.TRUE.equals(request.dryRun())
        ? bulk.preview(caller, idempotencyKey, request).map(preview -> Response.ok(preview).build())
        : bulk.accept(caller, idempotencyKey, request).map(SandboxesResource::answer);
  }
}
