package dev.valet.api.desktop;

import dev.valet.api.access.Caller;
import dev.valet.api.agent.AgentEndpoints;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.agent.VncMode;
import dev.valet.common.desktop.VncTicket;
import dev.valet.common.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who may watch which desktop: asked when a ticket is given out, and when it is used. */
@ApplicationScoped
class TicketService {
  private final PlaceStore places;
  private final TicketStore tickets;
  private final AgentEndpoints agents;
  private final AuditLog audit;
  private final Transactions transactions;
  private final DesktopConfig config;
  private final SecureRandom random = new SecureRandom();

  TicketService(
      PlaceStore places,
      TicketStore tickets,
      AgentEndpoints agents,
      AuditLog audit,
      Transactions transactions,
      DesktopConfig config) {
    this.places = places;
    this.tickets = tickets;
    this.agents = agents;
    this.audit = audit;
    this.transactions = transactions;
    this.config = config;
  }

  /** What a ticket opened. */
  record Opened(Place place, VncMode mode) {}

  /**
   * A ticket for one viewer.
   *
   * @throws ProblemException (as the failure) 404, 403 for the mode, 409 while there is no agent
   */
  Uni<VncTicket> create(Caller caller, UUID sandboxId, VncMode mode) {
    return visible(caller, sandboxId)
        .invoke(
            place -> caller.require(Place.permission(mode), place.tenantId(), place.environment()))
        .call(this::requireAgent)
        .chain(place -> transactions.write(tx -> create(tx, caller, place, mode)));
  }

  /**
   * Uses a ticket up.
   *
   * @throws ProblemException (as the failure) 401 if there is no such ticket now for this caller
   *     and sandbox, 404 or 403 if they lost what they held when it was given out
   */
  Uni<Opened> open(Caller caller, UUID sandboxId, TicketSecret ticket) {
    return visible(caller, sandboxId)
        .chain(place -> transactions.write(tx -> open(tx, caller, place, ticket)));
  }

  private Uni<Place> visible(Caller caller, UUID sandboxId) {
    return places
        .find(sandboxId)
        .map(place -> {
          if (place == null || !place.isVisibleTo(caller)) {
            throw ProblemException.notFound("sandbox " + sandboxId);
          }
          return place;
        });
  }

  private Uni<Void> requireAgent(Place place) {
    return agents
        .find(place.sandboxId())
        .onItem()
        .ifNull()
        .failWith(() ->
            ProblemException.conflict("The sandbox' agent has made no contact yet: start it first"))
        .replaceWithVoid();
  }

  private Uni<VncTicket> create(Tx tx, Caller caller, Place place, VncMode mode) {
    TicketSecret secret = TicketSecret.generate(random);
    return tickets
        .insert(tx, secret, place.sandboxId(), caller.principal(), mode, config.ticketLife())
        .call(() -> audit.record(tx, entry(caller, "sandbox.vnc-ticket", place, mode)))
        .map(expiresAt -> ticket(secret, place, mode, expiresAt));
  }

  private static VncTicket ticket(
      TicketSecret secret, Place place, VncMode mode, Instant expiresAt) {
    return new VncTicket(
        secret.text(),
        mode,
        expiresAt,
        VncRoute.PATH.formatted(place.sandboxId()),
        List.of(TicketSecret.BINARY, VncTicket.SUBPROTOCOL + secret.text()));
  }

  private Uni<Opened> open(Tx tx, Caller caller, Place place, TicketSecret ticket) {
    return tickets
        .consume(tx, ticket, caller.principal(), place.sandboxId())
        .onItem()
        .ifNull()
        .failWith(() ->
            ProblemException.of(
                ProblemType.UNAUTHORIZED,
                "The ticket is used or ran out, or is for something else: ask for a new one"))
        .invoke(
            mode -> caller.require(Place.permission(mode), place.tenantId(), place.environment()))
        .call(mode -> audit.record(tx, entry(caller, "sandbox.vnc-open", place, mode)))
        .map(mode -> new Opened(place, mode));
  }

  static AuditEntry entry(Caller caller, String action, Place place, VncMode mode) {
    return AuditEntry.of(caller.actor(), action)
        .on("sandbox", place.sandboxId())
        .in(place.tenantId(), place.environment())
        .change(Map.of(), Map.of("mode", mode));
  }
}
