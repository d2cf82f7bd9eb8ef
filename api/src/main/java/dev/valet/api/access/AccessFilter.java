package dev.valet.api.access;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.telemetry.LogFields;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Asks every request for the permission that its route declares; runs before the body is read. Deny
 * by default: a route that declares nothing is refused to everybody.
 */
class AccessFilter {
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
        .chain(identity -> callers.of(identity, request))
        .invoke(caller -> admit(access, caller))
        .replaceWithVoid();
  }

  private Uni<SecurityIdentity> identity(RoutingContext request) {
    return Identification.of(
        request.request().getHeader("Authorization"), identities.getDeferredIdentity());
  }

  private RouteAccess access(ResourceInfo route) {
    Class<?> resource = route.getResourceClass();
    return routes.computeIfAbsent(
        route.getResourceMethod(), method -> RouteAccess.of(resource, method));
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
}
