package dev.valet.api.template;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Idempotency;
import dev.valet.api.access.Requires;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import dev.valet.common.access.Permission;
import dev.valet.common.template.CreateTemplateRequest;
import dev.valet.common.template.SavedTemplate;
import dev.valet.common.template.TemplateView;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/templates}: what sandboxes are made from. */
@Path("/api/v1/templates")
@Tag(name = "templates")
class TemplatesResource {
  private final TemplateService templates;
  private final TemplateEditing editing;
  private final Cursors cursors;
  private final CurrentCaller current;

  TemplatesResource(
      TemplateService templates, TemplateEditing editing, Cursors cursors, CurrentCaller current) {
    this.templates = templates;
    this.editing = editing;
    this.cursors = cursors;
    this.current = current;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(
      operationId = "listTemplates",
      summary = "Templates by name",
      description = "Both those in use and the retired ones, unless retired says otherwise.")
  public Uni<Page<TemplateView>> list(
      @Nullable @QueryParam("retired")
          @Parameter(
              description = "true: only retired ones; false: only those in use",
              example = "false")
          Boolean retired,
      @Nullable @QueryParam("q")
          @Size(max = 100) @Parameter(
              description = "Part of a name or description, case ignored",
              example = "browser")
          String q,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @Nullable @QueryParam("cursor") String cursor) {
    Map<String, @Nullable Object> filters = new LinkedHashMap<>();
    filters.put("retired", retired);
    filters.put("q", q);
    ListKey key = ListKey.of("templates", "name", false, filters);
    Position after = cursors.read(key, cursor);
    return templates
        .page(
            new TemplateFilter(retired, q == null || q.isBlank() ? null : q.strip()),
            after == null ? null : after.value(),
            after == null ? null : after.id(),
            limit + 1)
        .map(rows ->
            Page.of(rows, limit, last -> cursors.write(key, new Position(last.name(), last.id()))));
  }

  @POST
  @Requires(Permission.ADMIN)
  @Operation(
      operationId = "createTemplate",
      summary = "Create a template",
      description =
          "With its first version. Every fault of the spec is listed at once, by field. Needs the"
              + " permission admin everywhere, as templates belong to all tenants. Safe to repeat"
              + " with the same Idempotency-Key for 24 hours.")
  @APIResponse(
      responseCode = "201",
      description = "Created; template.version is the ETag for changes",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = SavedTemplate.class)))
  public Uni<Response> create(
      @Nullable @HeaderParam(Idempotency.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters")
          String idempotencyKey,
      @QueryParam("validate")
          @DefaultValue("false")
          @Parameter(description = TemplateVersionsResource.VALIDATE, example = "true")
          boolean validate,
      @NotNull CreateTemplateRequest request) {
    return editing
        .create(new TemplateEditing.Sent(current.get(), idempotencyKey, validate), request)
        .map(TemplateResource::answer);
  }
}
