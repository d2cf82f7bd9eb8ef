package dev.valet.api.sandbox;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import dev.valet.common.template.TemplateUsage;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/templates/{id}/usage}: which versions are in use. */
@Path("/api/v1/templates/{id}/usage")
@Tag(name = "templates")
class TemplateUsageResource {
  private final TemplateUsages usages;
  private final CurrentCaller current;

  TemplateUsageResource(TemplateUsages usages, CurrentCaller current) {
    this.usages = usages;
    this.current = current;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(
      operationId = "getTemplateUsage",
      summary = "How many sandboxes use which version",
      description =
          "Of the living sandboxes that the caller may see. The list of sandboxes with templateId and"
              + " templateVersion, or with drifted=true, names them.")
  public Uni<TemplateUsage> get(@PathParam("id") UUID id) {
    return usages.of(id, current.get().scope(Permission.READ));
  }
}
