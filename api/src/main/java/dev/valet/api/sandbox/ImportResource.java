package dev.valet.api.sandbox;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Idempotency;
import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import dev.valet.common.operation.OperationView;
import dev.valet.common.sandbox.ImportSandboxRequest;
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

/** {@code /api/v1/sandboxes/import}: instances that were launched outside Valet. */
@Path("/api/v1/sandboxes/import")
@Tag(name = "sandboxes")
class ImportResource {
  private final SandboxImport imports;
  private final CurrentCaller current;

  ImportResource(SandboxImport imports, CurrentCaller current) {
    this.imports = imports;
    this.current = current;
  }

  @POST
  @Requires(Permission.PROVISION)
  @Operation(
      operationId = "importSandbox",
      summary = "Adopt an existing instance",
      description =
          "It must be running or stopped, in Valet's account and region, and not another Valet's."
              + " It is tagged and not restarted; the operation ends when it carries the tags. As"
              + " none of its agents is enrolled, its health stays unknown and the condition"
              + " not_enrolled says so. Safe to repeat with the same Idempotency-Key for 24 hours.")
  @APIResponse(
      responseCode = "202",
      description = "Accepted; the operation's target is the new sandbox",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OperationView.class)))
  public Uni<Response> post(
      @Nullable @HeaderParam(Idempotency.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters")
          String idempotencyKey,
      @NotNull @Valid ImportSandboxRequest request) {
    return imports.adopt(current.get(), idempotencyKey, request).map(SandboxesResource::answer);
  }
}
