package dev.valet.api.access;

import dev.valet.api.platform.problem.Refuses;
import dev.valet.api.platform.query.EntityTags;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.CreateRoleRequest;
import dev.valet.common.access.PatchRoleRequest;
import dev.valet.common.access.Permission;
import dev.valet.common.access.RoleView;
import dev.valet.common.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/roles}. */
@Path("/api/v1/roles")
@Tag(name = "access")
@Requires(Permission.ADMIN)
class RolesResource {
  private final RoleService roles;
  private final RoleViews views;
  private final CurrentCaller current;

  RolesResource(RoleService roles, RoleViews views, CurrentCaller current) {
    this.roles = roles;
    this.views = views;
    this.current = current;
  }

  @GET
  @Operation(operationId = "listRoles", summary = "Roles by name, the built-in ones too")
  public Uni<Page<RoleView>> list(
      @RestQuery
          @DefaultValue("50")
          @Min(1) @Max(Page.MAX_LIMIT) @Parameter(description = "Rows of a page")
          int limit,
      @RestQuery @Parameter(description = "nextCursor of the page before")
          @Nullable String cursor) {
    return views.page(limit, cursor);
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "getRole", summary = "A role", description = "The ETag is for PATCH.")
  public Uni<RestResponse<RoleView>> get(@PathParam("id") UUID id) {
    return views.get(id).map(RolesResource::tagged);
  }

  @POST
  @Refuses(ProblemType.NAME_TAKEN)
  @Operation(
      operationId = "createRole",
      summary = "Create a role",
      description =
          "Only for who holds admin everywhere, and only with permissions that the caller holds"
              + " everywhere. Safe to repeat with the same Idempotency-Key for 24 hours.")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RoleView.class)))
  public Uni<Response> create(
      @Nullable @HeaderParam(Idempotency.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters")
          String idempotencyKey,
      @NotNull @Valid CreateRoleRequest request) {
    return roles.create(current.get(), idempotencyKey, request);
  }

  @PATCH
  @Refuses(ProblemType.CONFLICT)
  @Path("{id}")
  @Operation(
      operationId = "updateRole",
      summary = "Change a role",
      description =
          "Needs If-Match with the ETag of the version that the change is based on. Whoever holds"
              + " the role gains or loses with it, within five seconds. Built-in roles stay.")
  public Uni<RestResponse<RoleView>> patch(
      @PathParam("id") UUID id,
      @Nullable @HeaderParam("If-Match") String ifMatch,
      @NotNull @Valid PatchRoleRequest patch) {
    return roles
        .patch(current.get(), id, EntityTags.version(ifMatch, "role"), patch)
        .map(RolesResource::tagged);
  }

  @DELETE
  @Refuses(ProblemType.CONFLICT)
  @Path("{id}")
  @Operation(
      operationId = "deleteRole",
      summary = "Delete a role",
      description = "Refused while a grant gives it.")
  public Uni<Void> delete(@PathParam("id") UUID id) {
    return roles.delete(current.get(), id);
  }

  private static RestResponse<RoleView> tagged(RoleView role) {
    return RestResponse.ResponseBuilder.ok(role)
        .header("ETag", EntityTags.of(role.version()))
        .build();
  }
}
