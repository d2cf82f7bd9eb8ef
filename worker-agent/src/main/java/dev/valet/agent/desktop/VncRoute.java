package dev.valet.agent.desktop;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.platform.CachedAnswer;
import dev.valet.agent.platform.ServerRoute;
import dev.valet.agent.platform.time.Ticker;
import dev.valet.agent.trust.RequestGuard;
import dev.valet.agent.trust.TokenVerifier.Request;
import dev.valet.common.agent.VncClose;
import dev.valet.common.agent.VncMode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * {@code GET /vnc?mode=view|control}: the desktop as a WebSocket of RFB, for who brings a request
 * token of the API for exactly this.
 */
@Singleton
public final class VncRoute implements ServerRoute {
  private static final int CONNECT_MILLIS = 3_000;
  private static final byte[] NO_BODY = {};

  private final Vertx vertx;
  private final Supplier<Optional<VncDoor>> doors;
  private final RequestGuard guard;
  private final ObjectMapper json;
  private final VncLimits limits;
  private final Ticker ticker;
  private final NetClient client;
  private final Map<VncSession, Context> sessions = new ConcurrentHashMap<>();

  @Inject
  VncRoute(Vertx vertx, Desktop desktop, RequestGuard guard, ObjectMapper json, Ticker ticker) {
    this(vertx, desktop::door, guard, json, VncLimits.DEFAULT, ticker);
  }

  VncRoute(
      Vertx vertx,
      Supplier<Optional<VncDoor>> doors,
      RequestGuard guard,
      ObjectMapper json,
      VncLimits limits,
      Ticker ticker) {
    this.vertx = vertx;
    this.doors = doors;
    this.guard = guard;
    this.json = json;
    this.limits = limits;
    this.ticker = ticker;
    this.client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
  }

  @Override
  public boolean serves(String path) {
    return path.equals(VncMode.PATH);
  }

  @Override
  public void handle(HttpServerRequest request) {
    Optional<VncMode> mode = mode(request.uri());
    if (!request.method().equals(HttpMethod.GET)) {
      request.response().putHeader("Allow", "GET");
      refuse(request, 405, "Method Not Allowed", "only GET is allowed");
    } else if (mode.isEmpty()) {
      refuse(request, 400, "Bad Request", "the query is mode=view or mode=control");
    } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      request.response().putHeader("Upgrade", "websocket");
      refuse(request, 426, "Upgrade Required", "this is a WebSocket");
    } else {
      admit(request, mode.get());
    }
  }

  private static Optional<VncMode> mode(String target) {
    return Arrays.stream(VncMode.values()).filter(mode -> mode.target().equals(target)).findFirst();
  }

  private void admit(HttpServerRequest request, VncMode mode) {
    Optional<String> refusal =
        guard.refusal(
            request.getHeader("Authorization"), new Request("GET", request.uri(), NO_BODY));
    Optional<VncDoor> door = doors.get();
    if (refusal.isPresent()) {
      request.response().putHeader("WWW-Authenticate", "Bearer realm=\"valet-vnc\"");
      refuse(request, 401, "Unauthorized", refusal.get());
    } else if (door.isEmpty()) {
      refuse(request, 503, "Service Unavailable", "there is no desktop now");
    } else if (sessions.size() >= limits.viewers()) {
      refuse(request, 503, "Service Unavailable", "the desktop has as many viewers as it may");
    } else {
      HttpConnection transport = request.connection();
      var _ = request.toWebSocket().onSuccess(socket -> begin(socket, transport, mode, door.get()));
    }
  }

  private void begin(ServerWebSocket socket, HttpConnection transport, VncMode mode, VncDoor door) {
    if (socket.isClosed()) {
      return; // it left during the upgrade, and no handler would tell
    }
    VncSession session = new VncSession(vertx, limits, ticker, mode, socket, transport);
    sessions.put(session, vertx.getOrCreateContext());
    session.begin(client, door, () -> sessions.remove(session));
  }

  /** Says goodbye to all viewers. */
  public void close() {
    sessions.forEach((session, context) ->
        context.runOnContext(now -> session.close(VncClose.GOING_AWAY, "the agent ends")));
  }

  private void refuse(HttpServerRequest request, int status, String title, String detail) {
    CachedAnswer.problem(status, title, detail, json).sendTo(request, true);
  }
}
