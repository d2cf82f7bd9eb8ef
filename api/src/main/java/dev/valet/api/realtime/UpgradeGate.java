package dev.valet.api.realtime;

import dev.valet.api.access.Caller;
import dev.valet.api.access.Callers;
import dev.valet.api.access.Identification;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.telemetry.RequestInfo;
import dev.valet.api.platform.telemetry.UpgradedRequests;
import dev.valet.common.access.Permission;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.BiConsumer;

/** Lets in who may read anything, while there is room; everybody else gets a problem. */
@ApplicationScoped
class UpgradeGate implements HttpUpgradeCheck {
  /** The caller of a socket. */
  static final UserData.TypedKey<Caller> CALLER = new UserData.TypedKey<>("valet.caller");

  /** The connection underneath a socket. */
  static final UserData.TypedKey<HttpConnection> TRANSPORT =
      new UserData.TypedKey<>("valet.transport");

  private static final int BEFORE_THE_SOCKET = -50;

  private final Callers callers;
  private final Sockets sockets;

  UpgradeGate(Callers callers, Sockets sockets) {
    this.callers = callers;
    this.sockets = sockets;
  }

  /** Quarkus would answer a bad token by itself, without a body. */
  void answerBadTokens(@Observes Router router) {
    BiConsumer<RoutingContext, Throwable> leaveItToTheGate = (request, failure) -> {};
    router
        .route(EventSocket.PATH)
        .order(BEFORE_THE_SOCKET)
        .handler(
            request -> request.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, leaveItToTheGate).next());
  }

  @Override
  public boolean appliesTo(String endpointId) {
    return EventSocket.ID.equals(endpointId);
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
    HttpServerRequest request = upgrade.httpRequest();
    return Uni.createFrom()
        .deferred(
            () -> Identification.of(request.getHeader("Authorization"), upgrade.securityIdentity()))
        .chain(identity ->
            callers.of(identity, RequestInfo.clientAddress(request), RequestInfo.id(request)))
        .invoke(this::admit)
        .map(caller -> letIn(upgrade, caller));
  }

  private static CheckResult letIn(HttpUpgradeContext upgrade, Caller caller) {
    upgrade.userData().put(CALLER, caller);
    upgrade.userData().put(TRANSPORT, upgrade.httpRequest().connection());
    UpgradedRequests.complete(upgrade.httpRequest());
    return CheckResult.permitUpgradeSync();
  }

  private void admit(Caller caller) {
    if (caller.scope(Permission.READ).isNone()) {
      throw ProblemException.forbidden("You lack the permission for this route");
    }
    sockets.requireRoom(caller);
  }
}
