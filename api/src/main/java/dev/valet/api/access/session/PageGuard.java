package dev.valet.api.access.session;

import dev.valet.api.platform.security.Pages;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Sends a browser that asks for a page without a session to the login first, and back. Whether a
 * session still holds, the page's own requests find out.
 */
@ApplicationScoped
class PageGuard {
  /** After {@link OriginGuard}, which keeps the cookie. */
  private static final int PRIORITY = 840;

  private static final int SEE_OTHER = 303;

  void register(@Observes Filters filters) {
    filters.register(PageGuard::check, PRIORITY);
  }

  private static void check(RoutingContext request) {
    if (Pages.isPage(request.request()) && SessionCookie.of(request) == null) {
      request
          .response()
          .setStatusCode(SEE_OTHER)
          .putHeader("Location", login(request.request()))
          .end();
    } else {
      request.next();
    }
  }

  /** A path that no login may lead back to becomes the first page. */
  private static String login(HttpServerRequest request) {
    String page = ReturnTo.of(request.uri()).orElse(ReturnTo.HOME);
    return "/login?returnTo=" + URLEncoder.encode(page, StandardCharsets.UTF_8);
  }
}
