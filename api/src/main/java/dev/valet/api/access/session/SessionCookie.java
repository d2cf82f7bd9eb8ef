package dev.valet.api.access.session;

import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The cookie of a browser's session. */
final class SessionCookie {
  static final String NAME = "q_session";

  /**
   * A request keeps what its browser sent: the framework empties the cookie before it writes it.
   */
  private static final String SENT = "valet.session.cookie";

  private SessionCookie() {}

  /** To be called before the framework looks at the request. */
  static void keep(RoutingContext request) {
    Cookie cookie = request.request().getCookie(NAME);
    if (cookie != null && !cookie.getValue().isEmpty()) {
      request.put(SENT, cookie.getValue());
    }
  }

  /** The value that the browser sent; null if it sent none. */
  static @Nullable String of(RoutingContext request) {
    return request.get(SENT);
  }
}
