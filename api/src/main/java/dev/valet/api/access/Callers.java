package dev.valet.api.access;

import dev.valet.api.platform.telemetry.RequestInfo;
import dev.valet.common.access.BuiltInRole;
import dev.valet.common.access.Permission;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes a caller of a verified token: the groups in it, mapped by configuration. */
@ApplicationScoped
class Callers {
  private static final Logger LOG = Logger.getLogger(Callers.class);

  private final AccessConfig config;
  private final Tenants tenants;

  Callers(AccessConfig config, Tenants tenants) {
    this.config = config;
    this.tenants = tenants;
  }

  /** The caller of a request. Unknown groups give nothing, not even an error. */
  Uni<Caller> of(SecurityIdentity identity, RoutingContext request) {
    return Multi.createFrom()
        .iterable(config.groups().entrySet())
        .select()
        .where(group -> identity.getRoles().contains(group.getKey()))
        .onItem()
        .transformToUniAndConcatenate(group -> grant(group.getValue()))
        .collect()
        .asList()
        .map(grants -> caller(identity, request, grants));
  }

  private Uni<Grant> grant(AccessConfig.Group group) {
    String slug = group.tenant().orElse(null);
    if (slug == null) {
      return Uni.createFrom().item(grant(group, null));
    }
    return tenants
        .bySlug(slug)
        .map(tenant -> tenant == null ? unknown(group, slug) : grant(group, tenant.id()));
  }

  private static Grant grant(AccessConfig.Group group, @Nullable UUID tenantId) {
    var area = new Scope.Area(tenantId, group.environment().orElse(null));
    return new Grant(group.role(), Scope.of(Set.of(area)));
  }

  private static Grant unknown(AccessConfig.Group group, String slug) {
    LOG.warnf("valet.access.groups names the tenant %s, which does not exist", slug);
    return new Grant(group.role(), Scope.none());
  }

  private static Caller caller(
      SecurityIdentity identity, RoutingContext request, List<Grant> grants) {
    JsonWebToken token = (JsonWebToken) identity.getPrincipal();
    return new Caller(
        Objects.requireNonNullElse(token.getIssuer(), ""),
        Objects.requireNonNullElse(token.getSubject(), ""),
        Objects.requireNonNullElse(token.getName(), ""),
        roles(grants),
        permissions(grants),
        RequestInfo.clientAddress(request),
        RequestInfo.id(request));
  }

  private static List<String> roles(List<Grant> grants) {
    return grants.stream()
        .filter(grant -> !grant.scope().isNone())
        .map(grant -> grant.role().wire())
        .distinct()
        .sorted()
        .toList();
  }

  private static Map<Permission, Scope> permissions(List<Grant> grants) {
    Map<Permission, Scope> permissions = new EnumMap<>(Permission.class);
    for (Grant grant : grants) {
      if (!grant.scope().isNone()) {
        grant.role().permissions().forEach(p -> permissions.merge(p, grant.scope(), Scope::plus));
      }
    }
    return permissions;
  }

  private record Grant(BuiltInRole role, Scope scope) {}
}
