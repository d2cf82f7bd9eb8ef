package dev.valet.api.access;

import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import dev.valet.api.platform.time.Ids;
import dev.valet.common.access.CreateTenantRequest;
import dev.valet.common.access.Permission;
import dev.valet.common.access.TenantView;
import dev.valet.common.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates tenants and shows those that a caller may see. */
@ApplicationScoped
class TenantService {
  private static final String ROUTE = "POST /api/v1/tenants";
  private static final ListKey LIST = ListKey.of("tenants", "slug", false, Map.of());

  private final TenantStore store;
  private final Creations creations;
  private final Cursors cursors;
  private final AuditLog audit;
  private final Ids ids;
  private final Clock clock;

  TenantService(
      TenantStore store,
      Creations creations,
      Cursors cursors,
      AuditLog audit,
      Ids ids,
      Clock clock) {
    this.store = store;
    this.creations = creations;
    this.cursors = cursors;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /** Those in which the caller holds anything, by slug. */
  Uni<Page<TenantView>> page(Caller caller, int limit, @Nullable String cursor) {
    Position after = cursors.read(LIST, cursor);
    return store
        .page(caller.tenants(), after == null ? null : after.value(), limit + 1)
        .map(rows ->
            Page.of(
                rows, limit, last -> cursors.write(LIST, new Position(last.slug(), last.id()))));
  }

  /**
   * One of them.
   *
   * @throws ProblemException not-found
   */
  Uni<TenantView> get(Caller caller, UUID id) {
    Uni<@Nullable TenantView> found =
        caller.sees(id) ? store.view(id) : Uni.createFrom().nullItem();
    return found.onItem().ifNull().failWith(() -> ProblemException.notFound("tenant " + id));
  }

  /**
   * Creates a tenant; only for who holds {@code admin} everywhere.
   *
   * @throws ProblemException forbidden, name-taken
   */
  Uni<Response> create(Caller caller, @Nullable String key, CreateTenantRequest request) {
    if (!caller.scope(Permission.ADMIN).isAll()) {
      throw ProblemException.forbidden(
          "Only who holds \"admin\" everywhere may create tenants; you hold it in a part");
    }
    return creations.once(caller, ROUTE, key, request, tx -> store(tx, caller, request.slug()));
  }

  private Uni<Creations.Created> store(Tx tx, Caller caller, String slug) {
    return store
        .insert(tx, ids.uuid(), slug, clock.instant())
        .onItem()
        .ifNull()
        .failWith(() ->
            ProblemException.of(
                ProblemType.NAME_TAKEN, "There is a tenant \"" + slug + "\" already"))
        .call(tenant -> audit.record(tx, entry(caller, tenant)))
        .map(tenant -> new Creations.Created(true, "/api/v1/tenants/" + tenant.id(), tenant));
  }

  private static AuditEntry entry(Caller caller, TenantView tenant) {
    return AuditEntry.of(caller.actor(), "tenant.create")
        .on("tenant", tenant.id())
        .in(tenant.id(), null)
        .change(Map.of(), Map.of("slug", tenant.slug()));
  }
}
