package dev.valet.api.access.session;

import dev.valet.api.platform.config.Exposure;
import dev.valet.api.platform.config.Origins;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.problem.ProblemResponses;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites' pages from using a browser's session: what changes something, and every
 * WebSocket, must come from this site. A bearer token is no cookie: no browser adds it by itself.
 */
@ApplicationScoped
class OriginGuard {
  /** Before anything looks at who is calling. */
  private static final int PRIORITY = 850;

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final @Nullable String own;
  private final ProblemResponses responses;

  OriginGuard(Exposure exposure, ProblemResponses responses) {
    this.own = exposure.publicUrl().map(Origins::of).orElse(null);
    this.responses = responses;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext request) {
    SessionCookie.keep(request);
    String refusal = refusal(request.request(), own, SessionCookie.of(request) != null);
    if (refusal == null) {
      request.next();
    } else {
      responses.send(ProblemException.forbidden(refusal), request);
    }
  }

  /** Why the request may not pass; null if it may. */
  static @Nullable String refusal(
      HttpServerRequest request, @Nullable String own, boolean hasSession) {
    String origin = request.getHeader("Origin");
    boolean hasToken = request.getHeader("Authorization") != null;
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      return (origin == null && hasToken) || isOwn(origin, own)
          ? null
          : "A WebSocket needs the header Origin with " + named(own);
    }
    boolean isSafe = SAFE.contains(request.method().name());
    return isSafe || hasToken || !hasSession || isOwn(origin, own)
        ? null
        : "A change made with a session's cookie needs the header Origin with " + named(own);
  }

  private static boolean isOwn(@Nullable String origin, @Nullable String own) {
    return own != null && own.equals(origin);
  }

  private static String named(@Nullable String own) {
    return own == null ? "the public URL, which is not set (valet.public-url)" : own;
  }
}
