package dev.valet.api.template;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Idempotency;
import dev.valet.api.access.Requires;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.EntityTags;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import dev.valet.common.access.Permission;
import dev.valet.common.template.CreateTemplateVersionRequest;
import dev.valet.common.template.SavedTemplate;
import dev.valet.common.template.TemplateVersionView;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/templates/{id}/versions}: versions, which never change. */
@Path("/api/v1/templates/{id}/versions")
@Tag(name = "templates")
class TemplateVersionsResource {
  static final String VALIDATE =
      "true: ask EC2 first and refuse what it would refuse; the answer's validation tells what was"
          + " checked";

  private final TemplateService templates;
  private final TemplateEditing editing;
  private final Cursors cursors;
  private final CurrentCaller current;

  TemplateVersionsResource(
      TemplateService templates, TemplateEditing editing, Cursors cursors, CurrentCaller current) {
    this.templates = templates;
    this.editing = editing;
    this.cursors = cursors;
    this.current = current;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(operationId = "listTemplateVersions", summary = "Versions of a template, newest first")
  public Uni<Page<TemplateVersionView>> list(
      @PathParam("id") UUID id,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @Nullable @QueryParam("cursor") String cursor) {
    ListKey key = ListKey.of("template-versions", "version", true, Map.of("id", id));
    Position after = cursors.read(key, cursor);
    int below = after == null ? Integer.MAX_VALUE : Integer.parseInt(after.value());
    return templates
        .versions(id, below, limit + 1)
        .map(rows ->
            Page.of(
                rows, limit, last -> cursors.write(key, new Position("" + last.version(), id))));
  }

  @POST
  @Requires(Permission.ADMIN)
  @Operation(
      operationId = "createTemplateVersion",
      summary = "Add a version",
      description =
          "Either the whole spec, or changes to an older version as a JSON merge patch (RFC 7396)."
              + " Needs If-Match with the template's ETag, so that two editors do not overwrite each"
              + " other. Sandboxes that exist keep their version until they are upgraded. Safe to"
              + " repeat with the same Idempotency-Key for 24 hours.")
  @APIResponse(
      responseCode = "201",
      description = "Added; template.version is the ETag for the next change",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = SavedTemplate.class)))
  public Uni<Response> create(
      @PathParam("id") UUID id,
      @Nullable @HeaderParam("If-Match") String ifMatch,
      @Nullable @HeaderParam(Idempotency.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters")
          String idempotencyKey,
      @QueryParam("validate")
          @DefaultValue("false")
          @Parameter(description = VALIDATE, example = "true")
          boolean validate,
      @NotNull @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = CreateTemplateVersionRequest.class),
                      example = "{\"baseVersion\": 1, \"changes\": {\"capacity\": 3}}"))
          CreateTemplateVersionRequest request) {
    var sent = new TemplateEditing.Sent(current.get(), idempotencyKey, validate);
    return editing
        .addVersion(sent, id, EntityTags.version(ifMatch, "template"), request)
        .map(TemplateResource::answer);
  }
}
