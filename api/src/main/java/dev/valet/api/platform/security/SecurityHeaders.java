package dev.valet.api.platform.security;

import dev.valet.api.platform.config.Exposure;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Headers that keep browsers from misusing answers. */
@ApplicationScoped
class SecurityHeaders {
  private static final int EARLY = 950;
  private static final int OK = 200;

  /**
   * Pages take everything from here and nothing inline, talk to nobody else, are shown in nobody's
   * frame and hold none. Pictures may be data: screenshots of tasks.
   */
  static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

  /** What no page of ours uses, so that no script that got in could. */
  static final String PERMISSIONS =
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=()";

  private final boolean isHttps;

  SecurityHeaders(Exposure exposure) {
    this.isHttps = exposure.publicUrl().map(url -> "https".equals(url.getScheme())).orElse(false);
  }

  void register(@Observes Filters filters) {
    filters.register(this::add, EARLY);
  }

  private void add(RoutingContext request) {
    MultiMap headers = request.response().headers();
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Permissions-Policy", PERMISSIONS);
    if (isHttps) {
      headers.set("Strict-Transport-Security", "max-age=31536000");
    }
    if (isData(request.request().path())) {
      headers.set("Cache-Control", "no-store");
      headers.set("Content-Security-Policy", DATA_POLICY);
    } else if (Pages.isPage(request.request())) {
      headers.set("Cache-Control", "no-store");
      headers.set("Content-Security-Policy", PAGE_POLICY);
    } else if (request.request().path().startsWith(Pages.ASSETS)) {
      request.addHeadersEndHandler(ignored -> keep(request));
    }
    request.next();
  }

  /** Only what is there: a browser must not keep the news that a file is missing. */
  private static void keep(RoutingContext request) {
    request
        .response()
        .headers()
        .set(
            "Cache-Control",
            request.response().getStatusCode() == OK
                ? "public, max-age=31536000, immutable"
                : "no-store");
  }

  /** Answers for programs, which are never shown as a page and belong to one caller. */
  private static boolean isData(String path) {
    return path.startsWith("/api/") || path.startsWith("/agent/");
  }
}
