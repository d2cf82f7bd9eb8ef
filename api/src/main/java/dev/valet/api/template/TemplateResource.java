package dev.valet.api.template;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Idempotency;
import dev.valet.api.access.Requires;
import dev.valet.api.access.StoredResponse;
import dev.valet.api.platform.problem.Refuses;
import dev.valet.api.platform.query.EntityTags;
import dev.valet.common.access.Permission;
import dev.valet.common.problem.ProblemType;
import dev.valet.common.template.CloneTemplateRequest;
import dev.valet.common.template.SavedTemplate;
import dev.valet.common.template.TemplateComparison;
import dev.valet.common.template.TemplateView;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/templates/{id}}: one template. */
@Path("/api/v1/templates/{id}")
@Tag(name = "templates", description = "What sandboxes are made from")
class TemplateResource {
  private final TemplateService templates;
  private final TemplateEditing editing;
  private final TemplateRetirement retirement;
  private final CurrentCaller current;

  TemplateResource(
      TemplateService templates,
      TemplateEditing editing,
      TemplateRetirement retirement,
      CurrentCaller current) {
    this.templates = templates;
    this.editing = editing;
    this.retirement = retirement;
    this.current = current;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(
      operationId = "getTemplate",
      summary = "A template",
      description = "The ETag is for adding a version.")
  public Uni<RestResponse<TemplateView>> get(@PathParam("id") UUID id) {
    return templates.get(id).map(TemplateResource::tagged);
  }

  @GET
  @Path("compare")
  @Requires(Permission.READ)
  @Operation(
      operationId = "compareTemplateVersions",
      summary = "Compare two versions",
      description =
          "Field by field: value before and after, and what the change does to a sandbox of the"
              + " first version that is upgraded to the second: none (applies to the running"
              + " instance), in_place (the same instance is restarted) or replace (another instance"
              + " takes its place). Without parameters: what the latest version changed.")
  public Uni<TemplateComparison> compare(
      @PathParam("id") UUID id,
      @Nullable @QueryParam("from")
          @Min(1) @Parameter(description = "Without it, the version before the other", example = "3")
          Integer from,
      @Nullable @QueryParam("to")
          @Min(1) @Parameter(description = "Without it, the latest version", example = "4")
          Integer to) {
    return templates.compare(id, from, to);
  }

  @POST
  @Path("clone")
  @Requires(Permission.ADMIN)
  @Refuses(ProblemType.NAME_TAKEN)
  @Operation(
      operationId = "cloneTemplate",
      summary = "Clone a template",
      description =
          "One version of it becomes the first version of a new template. Safe to repeat with the"
              + " same Idempotency-Key for 24 hours.")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = SavedTemplate.class)))
  public Uni<Response> copy(
      @PathParam("id") UUID id,
      @Nullable @HeaderParam(Idempotency.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters")
          String idempotencyKey,
      @NotNull CloneTemplateRequest request) {
    return editing
        .copy(new TemplateEditing.Sent(current.get(), idempotencyKey, false), id, request)
        .map(TemplateResource::answer);
  }

  @POST
  @Path("retire")
  @Requires(Permission.ADMIN)
  @Operation(
      operationId = "retireTemplate",
      summary = "Retire",
      description =
          "No new sandbox is made from it any more. Those that exist keep running and may be"
              + " upgraded to its versions. Does nothing if it is retired already.")
  public Uni<RestResponse<TemplateView>> retire(@PathParam("id") UUID id) {
    return retirement.set(current.get(), id, true).map(TemplateResource::tagged);
  }

  @POST
  @Path("unretire")
  @Requires(Permission.ADMIN)
  @Operation(
      operationId = "unretireTemplate",
      summary = "Take back into use",
      description = "Undoes a retirement. Does nothing if it is in use.")
  public Uni<RestResponse<TemplateView>> unretire(@PathParam("id") UUID id) {
    return retirement.set(current.get(), id, false).map(TemplateResource::tagged);
  }

  private static RestResponse<TemplateView> tagged(TemplateView view) {
    return RestResponse.ResponseBuilder.ok(view)
        .header("ETag", EntityTags.of(view.version()))
        .build();
  }

  static Response answer(StoredResponse stored) {
    return Response.status(stored.status())
        .header("Location", stored.location())
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(stored.body())
        .build();
  }
}
