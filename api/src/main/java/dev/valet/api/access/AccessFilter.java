package dev.valet.api.access;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.telemetry.LogFields;
import dev.valet.common.problem.ProblemType;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Asks every request for the permission that its route declares; runs before the body is read. Deny
 * by default: a route that declares nothing is refused to everybody.
 */
class AccessFilter {
  /** The token verifier takes other text for a fault of its own. */
  private static final Pattern SIGNED_TOKEN =
      Pattern.compile("(?i:bearer) +[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private static final Duration ISSUER_PATIENCE = Duration.ofSeconds(5);

  private final CurrentIdentityAssociation identities;
  private final Callers callers;
  private final CurrentCaller current;
  private final Map<Method, RouteAccess> routes = new ConcurrentHashMap<>();

  AccessFilter(CurrentIdentityAssociation identities, Callers callers, CurrentCaller current) {
    this.identities = identities;
    this.callers = callers;
    this.current = current;
  }

  @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
  @Nullable Uni<Void> check(ResourceInfo route, RoutingContext request) {
    RouteAccess access = access(route);
    if (access instanceof RouteAccess.Open) {
      return null;
    }
    return identity(request)
        .chain(identity -> caller(identity, request))
        .invoke(caller -> admit(access, caller))
        .replaceWithVoid();
  }

  /** Knows the keys already, as a rule; if not, the issuer is asked now, and may be away. */
  private Uni<SecurityIdentity> identity(RoutingContext request) {
    String authorization = request.request().getHeader("Authorization");
    if (authorization != null && !SIGNED_TOKEN.matcher(authorization).matches()) {
      throw unauthorized("Authorization must be \"Bearer\" and a signed token (JWS)");
    }
    return identities
        .getDeferredIdentity()
        .ifNoItem()
        .after(ISSUER_PATIENCE)
        .failWith(() -> unavailable())
        .onFailure(OIDCException.class)
        .transform(failure -> unavailable())
        .onFailure(AuthenticationFailedException.class)
        .transform(AccessFilter::refusal);
  }

  private static ProblemException refusal(Throwable failure) {
    return failure.getCause() instanceof OIDCException
        ? unavailable()
        : unauthorized("The token is expired or not valid");
  }

  private static ProblemException unavailable() {
    return ProblemException.of(
            ProblemType.UNAVAILABLE, "The identity provider's keys are not known yet; try again")
        .withHeader("Retry-After", "2");
  }

  private RouteAccess access(ResourceInfo route) {
    Class<?> resource = route.getResourceClass();
    return routes.computeIfAbsent(
        route.getResourceMethod(), method -> RouteAccess.of(resource, method));
  }

  private Uni<Caller> caller(SecurityIdentity identity, RoutingContext request) {
    if (identity.isAnonymous()) {
      throw unauthorized("Send a bearer token of the configured issuer");
    }
    return callers.of(identity, request);
  }

  private void admit(RouteAccess access, Caller caller) {
    current.set(caller);
    LogFields.actor(caller.subject());
    if (!access.admits(caller)) {
      throw ProblemException.forbidden(
          caller.permissions().isEmpty()
              ? "You hold no role: ask an administrator for a grant to the subject \"%s\" of %s"
                  .formatted(caller.subject(), caller.issuer())
              : "You lack the permission for this route");
    }
  }

  private static ProblemException unauthorized(String detail) {
    return ProblemException.of(ProblemType.UNAUTHORIZED, detail)
        .withHeader("WWW-Authenticate", "Bearer realm=\"valet\"");
  }
}
