package dev.valet.api.template;

import dev.valet.api.access.Requires;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import dev.valet.common.access.Permission;
import dev.valet.common.template.TemplateVersionView;
import dev.valet.common.template.TemplateView;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/templates}. */
@Path("/api/v1/templates")
@Tag(name = "templates", description = "What sandboxes are made from")
class TemplateResource {
  private final TemplateService templates;
  private final Cursors cursors;

  TemplateResource(TemplateService templates, Cursors cursors) {
    this.templates = templates;
    this.cursors = cursors;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(summary = "Templates by name")
  public Uni<Page<TemplateView>> list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(Page.MAX_LIMIT) int limit,
      @Nullable @QueryParam("cursor") String cursor) {
    ListKey key = ListKey.of("templates", "name", false, Map.of());
    Position after = cursors.read(key, cursor);
    return templates
        .page(after == null ? null : after.value(), after == null ? null : after.id(), limit + 1)
        .map(rows ->
            Page.of(rows, limit, last -> cursors.write(key, new Position(last.name(), last.id()))));
  }

  @GET
  @Path("{id}/versions")
  @Requires(Permission.READ)
  @Operation(summary = "Versions of a template, newest first")
  public Uni<Page<TemplateVersionView>> versions(
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
}
