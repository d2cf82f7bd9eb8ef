package dev.valet.api.platform.telemetry;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** What every layer may know of the HTTP request under way. */
public final class RequestInfo {
  /** The header that carries a request's id, in and out. */
  public static final String HEADER = "X-Request-Id";

  private static final String KEY = "valet.requestId";

  private RequestInfo() {}

  /** The id of the request: the client's own if that was acceptable, else ours. */
  public static String id(RoutingContext request) {
    String id = request.get(KEY);
    if (id == null) {
      id = RequestIds.accept(request.request().getHeader(HEADER));
      request.put(KEY, id);
    }
    return id;
  }

  /** The same where there is no routing context: as the answer has it; null if it has none. */
  public static @Nullable String id(HttpServerRequest request) {
    return request.response().headers().get(HEADER);
  }

  /**
   * Where the request came from: the peer's address or, if that peer is a trusted proxy, the
   * address that it names. Null when the connection is gone already.
   */
  public static @Nullable String clientAddress(RoutingContext request) {
    return clientAddress(request.request());
  }

  /** The same where there is no routing context, such as at a WebSocket's upgrade. */
  public static @Nullable String clientAddress(HttpServerRequest request) {
    SocketAddress remote = request.remoteAddress();
    return remote == null
        ? null
        : remote.hostAddress() != null ? remote.hostAddress() : remote.host();
  }
}
