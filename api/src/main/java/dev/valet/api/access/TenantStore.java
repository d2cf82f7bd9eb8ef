package dev.valet.api.access;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.access.TenantView;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of tenants. */
@ApplicationScoped
class TenantStore {
  private static final String PAGE =
      """
      SELECT id, slug, created_at FROM tenant
      WHERE ($1::uuid[] IS NULL OR id = ANY($1)) AND ($2::text IS NULL OR slug > $2)
      ORDER BY slug LIMIT $3
      """;
  private static final String INSERT =
      """
      INSERT INTO tenant (id, slug, created_at) VALUES ($1, $2, $3)
      ON CONFLICT (slug) DO NOTHING RETURNING id, slug, created_at
      """;

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

  Uni<@Nullable TenantView> view(UUID id) {
    return reads.first(
        "SELECT id, slug, created_at FROM tenant WHERE id = $1", TenantStore::view, id);
  }

  /**
   * Tenants by slug.
   *
   * @param visible null for all
   * @param after slug of the last one of the page before; null for the first page
   */
  Uni<List<TenantView>> page(@Nullable Set<UUID> visible, @Nullable String after, int rows) {
    return reads.list(
        PAGE,
        TenantStore::view,
        visible == null ? null : visible.toArray(UUID[]::new),
        after,
        rows);
  }

  /** The new tenant; null if the slug is taken. */
  Uni<@Nullable TenantView> insert(Tx tx, UUID id, String slug, Instant now) {
    return tx.first(INSERT, TenantStore::view, id, slug, Rows.parameter(now));
  }

  private static Tenant tenant(Row row) {
    return new Tenant(row.getUUID("id"), row.getString("slug"));
  }

  private static TenantView view(Row row) {
    return new TenantView(
        row.getUUID("id"), row.getString("slug"), Rows.requiredInstant(row, "created_at"));
  }
}
