package dev.valet.api.access;

import dev.valet.api.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of tenants. */
@ApplicationScoped
class TenantStore {
  private final Reads reads;

  TenantStore(Reads reads) {
    this.reads = reads;
  }

  Uni<@Nullable Tenant> bySlug(String slug) {
    return reads.first("SELECT id, slug FROM tenant WHERE slug = $1", TenantStore::tenant, slug);
  }

  Uni<@Nullable Tenant> byId(UUID id) {
    return reads.first("SELECT id, slug FROM tenant WHERE id = $1", TenantStore::tenant, id);
  }

  private static Tenant tenant(Row row) {
    return new Tenant(row.getUUID("id"), row.getString("slug"));
  }
}
