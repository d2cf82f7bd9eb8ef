package dev.valet.api.desktop;

import dev.valet.api.access.Caller;
import dev.valet.api.access.Callers;
import dev.valet.api.access.Identification;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.problem.ProblemResponses;
import dev.valet.api.platform.telemetry.UpgradedRequests;
import dev.valet.common.problem.ProblemType;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * {@code /api/v1/sandboxes/{id}/vnc}: the WebSocket of a desktop; see docs/desktop.md. Who may not
 * come in gets a problem instead of an upgrade.
 */
@ApplicationScoped
class VncRoute {
  static final String PATH = "/api/v1/sandboxes/%s/vnc";

  private static final Logger LOG = Logger.getLogger(VncRoute.class);
  private static final int BEFORE_RESOURCES = -50;

  private final Vertx vertx;
  private final Callers callers;
  private final TicketService tickets;
  private final Viewers viewers;
  private final AgentDesktops desktops;
  private final DesktopConfig config;
  private final ProblemResponses responses;

  VncRoute(
      Vertx vertx,
      Callers callers,
      TicketService tickets,
      Viewers viewers,
      AgentDesktops desktops,
      DesktopConfig config,
      ProblemResponses responses) {
    this.vertx = vertx;
    this.callers = callers;
    this.tickets = tickets;
    this.viewers = viewers;
    this.desktops = desktops;
    this.config = config;
    this.responses = responses;
  }

  /** A viewer that may come in, and what its ticket opened. */
  private record Admitted(Caller caller, TicketService.Opened opened) {}

  void register(@Observes Router router) {
    router.get(PATH.formatted(":id")).order(BEFORE_RESOURCES).handler(this::handle);
  }

  private void handle(RoutingContext request) {
    if (!"websocket".equalsIgnoreCase(request.request().getHeader("Upgrade"))) {
      request.next();
      return;
    }
    BiConsumer<RoutingContext, Throwable> leaveItToUs = (same, failure) -> {};
    request.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, leaveItToUs);
    request.request().pause();
    Uni.createFrom()
        .deferred(() -> admit(request))
        .subscribe()
        .with(admitted -> upgrade(request, admitted), failure -> refuse(request, failure));
  }

  private Uni<Admitted> admit(RoutingContext request) {
    UUID sandboxId = sandboxId(request.pathParam("id"));
    return Identification.of(
            request.request().getHeader("Authorization"),
            QuarkusHttpUser.getSecurityIdentity(request, null))
        .chain(identity -> callers.of(identity, request))
        .invoke(viewers::requireRoom)
        .chain(caller ->
            tickets
                .open(caller, sandboxId, ticket(request))
                .map(opened -> new Admitted(caller, opened)));
  }

  private static UUID sandboxId(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound("sandbox " + text);
    }
  }

  private static TicketSecret ticket(RoutingContext request) {
    return TicketSecret.among(request.request().getHeader("Sec-WebSocket-Protocol"))
        .orElseThrow(() ->
            ProblemException.of(
                ProblemType.UNAUTHORIZED,
                "A ticket is needed, as the subprotocol valet.ticket.<ticket>"));
  }

  private void refuse(RoutingContext request, Throwable failure) {
    request.request().resume();
    if (failure instanceof ProblemException problem) {
      responses.send(problem, request);
    } else {
      request.fail(failure);
    }
  }

  private void upgrade(RoutingContext request, Admitted admitted) {
    HttpConnection transport = request.request().connection();
    request
        .request()
        .toWebSocket()
        .onSuccess(socket -> {
          UpgradedRequests.complete(request.request());
          begin(socket, transport, admitted);
        })
        .onFailure(failure -> LOG.debugf(failure, "A viewer did not complete its upgrade"));
  }

  private void begin(ServerWebSocket socket, HttpConnection transport, Admitted admitted) {
    VncSession session =
        new VncSession(
            config,
            System::nanoTime,
            admitted.caller(),
            admitted.opened(),
            socket,
            transport,
            vertx.getOrCreateContext(),
            viewers::ended);
    viewers.add(session);
    session.begin();
    desktops.connect(session);
  }
}
