package dev.valet.api.platform.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Headers that keep browsers from misusing answers. */
@ApplicationScoped
class SecurityHeaders {
  private static final int EARLY = 950;

  void register(@Observes Filters filters) {
    filters.register(SecurityHeaders::add, EARLY);
  }

  private static void add(RoutingContext request) {
    MultiMap headers = request.response().headers();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    if (isData(request.request().path())) {
      headers.set("Cache-Control", "no-store");
      headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }
    request.next();
  }

  /** Answers for programs, which are never shown as a page and belong to one caller. */
  private static boolean isData(String path) {
    return path.startsWith("/api/") || path.startsWith("/agent/");
  }
}
