package dev.valet.api.access;

import dev.valet.api.platform.problem.Refuses;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.CreateGrantRequest;
import dev.valet.common.access.GrantView;
import dev.valet.common.access.Permission;
import dev.valet.common.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/grants}: who was given what. */
@Path("/api/v1/grants")
@Tag(name = "access")
@Requires(Permission.ADMIN)
class GrantsResource {
  private final GrantService grants;
  private final GrantViews views;
  private final CurrentCaller current;

  GrantsResource(GrantService grants, GrantViews views, CurrentCaller current) {
    this.grants = grants;
    this.views = views;
    this.current = current;
  }

  @GET
  @Operation(
      operationId = "listGrants",
      summary = "Grants, newest first",
      description =
          "Those inside the caller's scope of admin. Rights can come from groups of the token too:"
              + " see /api/v1/group-mappings.")
  public Uni<Page<GrantView>> list(
      @RestQuery
          @Size(max = 255) @Parameter(
              description = "Of this subject",
              example = "5a1f0c1e-7f43-4f0b-9d2b-0f3c6c1f8b11")
          @Nullable String subject,
      @RestQuery @Parameter(description = "In this tenant alone") @Nullable UUID tenantId,
      @RestQuery
          @Size(max = 63) @Parameter(description = "Of the role of this name", example = "operator")
          @Nullable String role,
      @RestQuery
          @DefaultValue("50")
          @Min(1) @Max(Page.MAX_LIMIT) @Parameter(description = "Rows of a page")
          int limit,
      @RestQuery @Parameter(description = "nextCursor of the page before, with the same filters")
          @Nullable String cursor) {
    return views.page(current.get(), new GrantQuery(subject, tenantId, role), limit, cursor);
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "getGrant", summary = "A grant")
  public Uni<GrantView> get(@PathParam("id") UUID id) {
    return views.get(current.get(), id);
  }

  @POST
  @Refuses(ProblemType.CONFLICT)
  @Operation(
      operationId = "createGrant",
      summary = "Give a role to a person or service",
      description =
          "The caller must hold admin and every permission of the role in the whole scope. Asking"
              + " again for the same subject, role and scope answers 200 with the grant that is"
              + " there, its label and end changed if they differ.")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = GrantView.class)))
  @APIResponse(
      responseCode = "200",
      description = "It was there already",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = GrantView.class)))
  public Uni<Response> create(
      @Nullable @HeaderParam(Idempotency.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters")
          String idempotencyKey,
      @NotNull @Valid CreateGrantRequest request) {
    return grants.create(current.get(), idempotencyKey, request);
  }

  @DELETE
  @Refuses(ProblemType.CONFLICT)
  @Path("{id}")
  @Operation(
      operationId = "revokeGrant",
      summary = "Take a role away",
      description =
          "Bites within five seconds on every replica, open sockets included. The last grant of"
              + " admin everywhere stays, unless a group mapping gives admin too.")
  public Uni<Void> revoke(@PathParam("id") UUID id) {
    return grants.revoke(current.get(), id);
  }
}
