package dev.valet.api.access;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import dev.valet.common.access.GrantView;
import dev.valet.common.access.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows the grants inside a caller's scope of the permission {@code admin}. */
@ApplicationScoped
class GrantViews {
  private final GrantStore store;
  private final Cursors cursors;

  GrantViews(GrantStore store, Cursors cursors) {
    this.store = store;
    this.cursors = cursors;
  }

  /** Newest first. */
  Uni<Page<GrantView>> page(Caller caller, GrantQuery query, int limit, @Nullable String cursor) {
    ListKey list = ListKey.of("grants", "id", true, filters(query));
    Position after = cursors.read(list, cursor);
    return store
        .page(caller.scope(Permission.ADMIN), query, after == null ? null : after.id(), limit + 1)
        .map(
            rows -> Page.of(rows, limit, last -> cursors.write(list, new Position("", last.id()))));
  }

  private static Map<String, @Nullable Object> filters(GrantQuery query) {
    Map<String, @Nullable Object> filters = new HashMap<>();
    filters.put("subject", query.subject());
    filters.put("tenantId", query.tenantId());
    filters.put("role", query.role());
    return filters;
  }

  /**
   * One of them.
   *
   * @throws ProblemException not-found
   */
  Uni<GrantView> get(Caller caller, UUID id) {
    return store
        .find(caller.scope(Permission.ADMIN), id)
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.notFound("grant " + id));
  }
}
