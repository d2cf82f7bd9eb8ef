package dev.valet.api.access.session;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.problem.ProblemResponses;
import dev.valet.common.problem.ProblemType;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /login?returnTo=/page}: to the identity provider and back to that page. A page that
 * the API answers with 401 leads its browser here. {@code /login/callback} is where the provider
 * sends the browser back to.
 */
@ApplicationScoped
class LoginRoutes {
  private static final Logger LOG = Logger.getLogger(LoginRoutes.class);
  private static final int SEE_OTHER = 303;
  private static final int UNAUTHORIZED = 401;

  private final ProblemResponses responses;

  LoginRoutes(ProblemResponses responses) {
    this.responses = responses;
  }

  void register(@Observes Router router) {
    router.get("/login").handler(this::login);
    router.get("/login/callback").handler(this::callback);
  }

  private void login(RoutingContext request) {
    var page = ReturnTo.of(request.request().getParam("returnTo"));
    if (page.isEmpty()) {
      responses.send(
          ProblemException.field("returnTo", "must be the path of a page of this site"), request);
      return;
    }
    authenticate(request, identity -> known(request, identity, page.get()));
  }

  /**
   * The framework has a redirect for whoever comes with a code. Without one there is no new login:
   * a browser that keeps no cookies would go round for ever.
   */
  private void callback(RoutingContext request) {
    authenticate(
        request,
        identity -> {
          if (isSomebody(identity)) {
            redirect(request, SEE_OTHER, ReturnTo.HOME);
          } else {
            responses.send(notCompleted(), request);
          }
        });
  }

  private void authenticate(RoutingContext request, Consumer<@Nullable SecurityIdentity> then) {
    // The framework's own answer to a failure would come before ours.
    request.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
    request.response().putHeader("Cache-Control", "no-store");
    QuarkusHttpUser.getSecurityIdentity(request, null)
        .subscribe()
        .with(then, failure -> unknown(request, failure));
  }

  private void known(RoutingContext request, @Nullable SecurityIdentity identity, String page) {
    if (isSomebody(identity)) {
      redirect(request, SEE_OTHER, page);
    } else {
      challenge(request);
    }
  }

  private static boolean isSomebody(@Nullable SecurityIdentity identity) {
    return identity != null && !identity.isAnonymous();
  }

  private void unknown(RoutingContext request, Throwable failure) {
    if (failure instanceof AuthenticationRedirectException redirect) {
      redirect(request, redirect.getCode(), redirect.getRedirectUri());
    } else if (failure.getCause() instanceof OIDCException && !SessionFailures.isOver(failure)) {
      responses.send(SessionFailures.unavailable(), request);
    } else if (failure instanceof AuthenticationFailedException) {
      challenge(request);
    } else {
      LOG.infof("A login failed: %s", failure.getMessage());
      responses.send(notCompleted(), request);
    }
  }

  private void challenge(RoutingContext request) {
    HttpAuthenticator authenticator = request.get(HttpAuthenticator.class.getName());
    authenticator
        .sendChallenge(request)
        .subscribe()
        .with(
            sent -> answer(request),
            failure -> responses.send(SessionFailures.unavailable(), request));
  }

  /** The framework has set status and header fields. */
  private void answer(RoutingContext request) {
    if (request.response().getStatusCode() == UNAUTHORIZED) {
      responses.send(notCompleted(), request);
    } else if (!request.response().ended()) {
      request.response().end();
    }
  }

  private static ProblemException notCompleted() {
    return ProblemException.of(
        ProblemType.UNAUTHORIZED,
        "The login was not completed, or took too long: open /login to try again");
  }

  private static void redirect(RoutingContext request, int status, String target) {
    request.response().setStatusCode(status).putHeader("Location", target).end();
  }
}
