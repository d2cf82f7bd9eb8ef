package dev.valet.api.access;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds tenants. Those found are remembered: a tenant is neither renamed nor removed.
 *
 * <p>Every lookup yields null when there is no such tenant.
 */
@ApplicationScoped
public class Tenants {
  private final TenantStore store;
  private final Map<String, Tenant> bySlug = new ConcurrentHashMap<>();
  private final Map<UUID, Tenant> byId = new ConcurrentHashMap<>();

  Tenants(TenantStore store) {
    this.store = store;
  }

  /** The tenant that every installation has. */
  public Uni<Tenant> defaultTenant() {
    return bySlug(Tenant.DEFAULT)
        .onItem()
        .ifNull()
        .failWith(() ->
            new IllegalStateException(
                "The tenant \"default\" is missing: migration V010 creates it"));
  }

  /** The tenant of that slug. */
  public Uni<@Nullable Tenant> bySlug(String slug) {
    Tenant known = bySlug.get(slug);
    return known != null ? Uni.createFrom().item(known) : store.bySlug(slug).invoke(this::remember);
  }

  /** The tenant of that id. */
  public Uni<@Nullable Tenant> byId(UUID id) {
    Tenant known = byId.get(id);
    return known != null ? Uni.createFrom().item(known) : store.byId(id).invoke(this::remember);
  }

  private void remember(@Nullable Tenant tenant) {
    if (tenant != null) {
      bySlug.put(tenant.slug(), tenant);
      byId.put(tenant.id(), tenant);
    }
  }
}
