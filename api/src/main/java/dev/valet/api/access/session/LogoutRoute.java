package dev.valet.api.access.session;

import dev.valet.api.platform.config.Exposure;
import dev.valet.api.platform.config.Origins;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.problem.ProblemResponses;
import dev.valet.common.problem.ProblemType;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.vertx.core.http.Cookie;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /logout}: ends the session on every replica, and at the identity provider where that
 * has a way to. A form is sent on to the provider's page; a script ({@code X-Requested-With:
 * JavaScript}) is told {@code {"location": ...}} and goes there itself; the provider may ask it to
 * confirm, because the token that spares the question is not for scripts. Not a GET: a link on
 * another site must not log anybody out.
 */
@ApplicationScoped
class LogoutRoute {
  private static final int SEE_OTHER = 303;

  private final BrowserSessions sessions;
  private final TenantConfigBean oidc;
  private final Exposure exposure;
  private final ProblemResponses responses;

  LogoutRoute(
      BrowserSessions sessions,
      TenantConfigBean oidc,
      Exposure exposure,
      ProblemResponses responses) {
    this.sessions = sessions;
    this.oidc = oidc;
    this.exposure = exposure;
    this.responses = responses;
  }

  void register(@Observes Router router) {
    router.post("/logout").handler(this::logout);
    router.route("/logout").handler(this::notAllowed);
  }

  private void notAllowed(RoutingContext request) {
    responses.send(
        ProblemException.of(ProblemType.METHOD_NOT_ALLOWED, "Log out with POST")
            .withHeader("Allow", "POST"),
        request);
  }

  private void logout(RoutingContext request) {
    String cookie = SessionCookie.of(request);
    if (cookie == null) {
      leave(request, null);
      return;
    }
    sessions
        .end(SessionKey.of(cookie))
        .subscribe()
        .with(
            session -> leave(request, session),
            failure -> responses.send(SessionFailures.unavailable(), request));
  }

  private void leave(RoutingContext request, @Nullable Session session) {
    forget(request);
    request.response().putHeader("Cache-Control", "no-store");
    if ("JavaScript".equals(request.request().getHeader("X-Requested-With"))) {
      request
          .response()
          .putHeader("Content-Type", "application/json")
          .end(new JsonObject().put("location", target(null)).encode());
    } else {
      String hint = session == null ? null : idToken(request, session);
      request.response().setStatusCode(SEE_OTHER).putHeader("Location", target(hint)).end();
    }
  }

  private String idToken(RoutingContext request, Session session) {
    TenantConfigContext issuer = oidc.getDefaultTenant();
    request.put(TenantConfigContext.class.getName(), issuer);
    return OidcUtils.decryptToken(session.idToken(), request, issuer.oidcConfig());
  }

  private static void forget(RoutingContext request) {
    request.response().removeCookies(SessionCookie.NAME, false);
    request
        .response()
        .addCookie(
            Cookie.cookie(SessionCookie.NAME, "").setPath("/").setHttpOnly(true).setMaxAge(0));
  }

  /** The provider's page that ends its own session, and leads back here. */
  private String target(@Nullable String idToken) {
    String endSession = endSession();
    if (endSession == null) {
      return ReturnTo.HOME;
    }
    StringBuilder target = new StringBuilder(endSession);
    target.append("?client_id=");
    target.append(encode(oidc.getDefaultTenant().oidcConfig().clientId().orElse("")));
    exposure
        .publicUrl()
        .map(Origins::of)
        .ifPresent(
            url -> target.append("&post_logout_redirect_uri=").append(encode(url + ReturnTo.HOME)));
    if (idToken != null) {
      target.append("&id_token_hint=").append(idToken);
    }
    return target.toString();
  }

  private @Nullable String endSession() {
    var metadata = oidc.getDefaultTenant().getOidcMetadata();
    return metadata == null ? null : metadata.getEndSessionUri();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
