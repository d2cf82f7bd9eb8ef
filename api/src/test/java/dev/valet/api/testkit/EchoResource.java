package dev.valet.api.testkit;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import dev.valet.common.sandbox.Environment;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** Routes with one of everything, for tests of the API's edge. Not part of the program. */
@Path("/api/v1/test-echo")
class EchoResource {
  private final CurrentCaller caller;

  EchoResource(CurrentCaller caller) {
    this.caller = caller;
  }

  /** A body with one of everything. */
  record Body(
      @NotBlank String name,
      @NotNull Environment environment,
      @Min(1) @Max(100) int capacity,
      UUID id,
      Instant at,
      Map<String, String> tags,
      List<@NotBlank String> items) {}

  @POST
  @Requires(Permission.PROVISION)
  @Operation(hidden = true)
  public Body echo(@NotNull @Valid Body request) {
    return request;
  }

  @GET
  @Path("/{id}")
  @Requires(Permission.READ)
  @Operation(hidden = true)
  public Map<String, String> get(
      UUID id,
      @RestQuery Environment environment,
      @RestQuery @Min(1) @Max(200) Integer limit,
      @RestQuery Instant from,
      @RestQuery Boolean flag,
      @RestQuery List<String> tag) {
    return Map.of("id", id.toString());
  }

  @GET
  @Path("/broken")
  @Requires(Permission.READ)
  @Operation(hidden = true)
  public String broken() {
    throw new IllegalStateException("secret internals");
  }

  @GET
  @Path("/refused")
  @Requires(Permission.READ)
  @Operation(hidden = true)
  public String refused() {
    caller.get().require(Permission.ADMIN, null, null);
    return "admin";
  }

  /** Declares nothing, so it is refused to everybody. */
  @DELETE
  @Operation(hidden = true)
  public void undeclared() {}
}
