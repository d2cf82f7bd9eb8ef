package dev.valet.api.access;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The roles that the groups of a token give, by configuration. */
@ApplicationScoped
class GroupRoles {
  private static final Logger LOG = Logger.getLogger(GroupRoles.class);

  private final AccessConfig config;
  private final Tenants tenants;

  GroupRoles(AccessConfig config, Tenants tenants) {
    this.config = config;
    this.tenants = tenants;
  }

  /** Unknown groups give nothing, not even an error. */
  Uni<List<HeldRole>> of(Set<String> groups) {
    return Multi.createFrom()
        .iterable(config.groups().entrySet())
        .select()
        .where(mapping -> groups.contains(mapping.getKey()))
        .onItem()
        .transformToUniAndConcatenate(mapping -> role(mapping.getKey(), mapping.getValue()))
        .collect()
        .asList();
  }

  private Uni<HeldRole> role(String group, AccessConfig.Group mapping) {
    String slug = mapping.tenant().orElse(null);
    if (slug == null) {
      return Uni.createFrom().item(HeldRole.ofGroup(group, mapping.role(), scope(mapping, null)));
    }
    return tenants
        .bySlug(slug)
        .map(tenant -> tenant == null ? unknown(slug) : scope(mapping, tenant.id()))
        .map(scope -> HeldRole.ofGroup(group, mapping.role(), scope));
  }

  private static Scope scope(AccessConfig.Group mapping, @Nullable UUID tenantId) {
    return Scope.of(Set.of(new Scope.Area(tenantId, mapping.environment().orElse(null))));
  }

  private static Scope unknown(String slug) {
    LOG.warnf("valet.access.groups names the tenant %s, which does not exist", slug);
    return Scope.none();
  }
}
