package dev.valet.api.sandbox;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.api.platform.outbox.EventTrail;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.Permission;
import dev.valet.common.event.EventMessage;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/sandboxes/{id}/events}: what happened to one sandbox. */
@Path("/api/v1/sandboxes/{id}/events")
@Tag(name = "sandboxes")
class SandboxEventsResource {
  private final SandboxViews sandboxes;
  private final EventTrail events;
  private final CurrentCaller current;

  SandboxEventsResource(SandboxViews sandboxes, EventTrail events, CurrentCaller current) {
    this.sandboxes = sandboxes;
    this.events = events;
    this.current = current;
  }

  @GET
  @Requires(Permission.READ)
  @Operation(
      operationId = "listSandboxEvents",
      summary = "What happened to a sandbox; newest first",
      description =
          "The same events as over the WebSocket /api/v1/events, as long as they are kept (a week, if"
              + " it is not configured otherwise).")
  public Uni<Page<EventMessage>> list(
      @PathParam("id") UUID id,
      @QueryParam("limit")
          @DefaultValue("50")
          @Min(1) @Max(Page.MAX_LIMIT) @Parameter(description = "Events of a page")
          int limit,
      @Nullable @QueryParam("cursor") @Parameter(description = "nextCursor of the page before")
          String cursor) {
    return sandboxes
        .get(id, current.get().scope(Permission.READ))
        .chain(() -> events.ofSandbox(id, limit, cursor));
  }
}
