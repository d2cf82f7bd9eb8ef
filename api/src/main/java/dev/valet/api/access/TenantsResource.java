package dev.valet.api.access;

import dev.valet.api.platform.problem.Refuses;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.CreateTenantRequest;
import dev.valet.common.access.Permission;
import dev.valet.common.access.TenantView;
import dev.valet.common.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
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

/** {@code /api/v1/tenants}. */
@Path("/api/v1/tenants")
@Tag(name = "access")
class TenantsResource {
  private final TenantService tenants;
  private final CurrentCaller current;

  TenantsResource(TenantService tenants, CurrentCaller current) {
    this.tenants = tenants;
    this.current = current;
  }

  @GET
  @AnyCaller
  @Operation(
      operationId = "listTenants",
      summary = "Tenants by slug",
      description = "Those in which the caller holds any permission.")
  public Uni<Page<TenantView>> list(
      @RestQuery
          @DefaultValue("50")
          @Min(1) @Max(Page.MAX_LIMIT) @Parameter(description = "Rows of a page")
          int limit,
      @RestQuery @Parameter(description = "nextCursor of the page before")
          @Nullable String cursor) {
    return tenants.page(current.get(), limit, cursor);
  }

  @GET
  @Path("{id}")
  @AnyCaller
  @Operation(operationId = "getTenant", summary = "A tenant")
  public Uni<TenantView> get(@PathParam("id") UUID id) {
    return tenants.get(current.get(), id);
  }

  @POST
  // A record of one text would else be made of a plain text, too.
  @Consumes(MediaType.APPLICATION_JSON)
  @Refuses(ProblemType.NAME_TAKEN)
  @Requires(Permission.ADMIN)
  @Operation(
      operationId = "createTenant",
      summary = "Create a tenant",
      description =
          "Only for who holds admin everywhere. A tenant is neither renamed nor deleted. Safe to"
              + " repeat with the same Idempotency-Key for 24 hours.")
  @APIResponse(
      responseCode = "201",
      description = "Created",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = TenantView.class)))
  public Uni<Response> create(
      @Nullable @HeaderParam(Idempotency.HEADER)
          @Parameter(description = "1 to 255 visible ASCII characters")
          String idempotencyKey,
      @NotNull @Valid CreateTenantRequest request) {
    return tenants.create(current.get(), idempotencyKey, request);
  }
}
