package dev.valet.api.desktop;

import dev.valet.api.access.CurrentCaller;
import dev.valet.api.access.Requires;
import dev.valet.api.platform.problem.Refuses;
import dev.valet.common.access.Permission;
import dev.valet.common.desktop.CreateVncTicketRequest;
import dev.valet.common.desktop.VncTicket;
import dev.valet.common.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tickets for desktops. */
@Path("/api/v1/sandboxes/{id}/vnc-tickets")
@Tag(name = "desktop", description = "Sandboxes live")
@Produces(MediaType.APPLICATION_JSON)
class TicketsResource {
  private final TicketService service;
  private final CurrentCaller caller;

  TicketsResource(TicketService service, CurrentCaller caller) {
    this.service = service;
    this.caller = caller;
  }

  @POST
  @Requires(Permission.READ)
  @Refuses(ProblemType.CONFLICT)
  @Operation(
      operationId = "createVncTicket",
      summary = "A ticket for a desktop",
      description =
          "Opens the WebSocket at its path once, for its caller alone, within 45 seconds: offer its"
              + " subprotocols there. Looking on needs the permission read, control needs connect."
              + " 409 while the sandbox' agent has made no contact.")
  public Uni<VncTicket> create(
      @PathParam("id") UUID id, @NotNull @Valid CreateVncTicketRequest request) {
    return service.create(caller.get(), id, request.mode());
  }
}
