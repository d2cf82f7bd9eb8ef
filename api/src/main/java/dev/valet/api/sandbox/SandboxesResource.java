package dev.valet.api.sandbox;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Idempotency;
import dev.valet.api.access.Requires;
import dev.valet.api.access.StoredResponse;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.Permission;
import dev.valet.common.sandbox.CreateSandboxRequest;
import dev.valet.common.sandbox.SandboxView;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sandboxes}: the fleet. */
@Path("/api/v1/sandboxes")
@Tag(name = "sandboxes", description = "The fleet")
class SandboxesResource {
  private final SandboxCreation creation;
  private final SandboxViews views;
  private final CurrentCaller current;

  SandboxesResource(SandboxCreation creation, SandboxViews views, CurrentCaller current) {
    this.creation = creation;
    this.views = views;
    this.current = current;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(
      summary = "Sandboxes",
      description =
          "Newest first unless sorted otherwise; terminated ones only with phase=terminated. A row"
              + " that does not change during a walk through the pages appears exactly once; one"
              + " that changes may repeat or be missed, so match by id.")
  public Uni<Page<SandboxView>> list(@BeanParam SandboxListParameters parameters) {
    return views.page(SandboxListRequest.of(parameters), current.get().scope(Permission.READ));
  }

  @POST
  @Requires(Permission.PROVISION)
  @Operation(
      summary = "Create a sandbox",
      description =
          "Accepts it and answers at once; the Location is the operation to follow. Safe to repeat"
              + " with the same Idempotency-Key for 24 hours.")
  @APIResponse(
      responseCode = "202",
      description = "Accepted",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = SandboxView.class)))
  public Uni<Response> create(
      @Nullable @HeaderParam(Idempotency.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters")
          String idempotencyKey,
      @NotNull @Valid CreateSandboxRequest request) {
    return creation.create(current.get(), idempotencyKey, request).map(SandboxesResource::answer);
  }

  static Response answer(StoredResponse stored) {
    return Response.status(stored.status())
        .header("Location", stored.location())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(stored.body())
        .build();
  }
}
