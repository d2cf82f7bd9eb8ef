package dev.valet.api.access;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import dev.valet.common.access.RoleView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows roles; they are the same for everybody. */
@ApplicationScoped
class RoleViews {
  private static final ListKey LIST = ListKey.of("roles", "name", false, Map.of());

  private final RoleStore store;
  private final Cursors cursors;

  RoleViews(RoleStore store, Cursors cursors) {
    this.store = store;
    this.cursors = cursors;
  }

  /** By name. */
  Uni<Page<RoleView>> page(int limit, @Nullable String cursor) {
    Position after = cursors.read(LIST, cursor);
    return store
        .page(after == null ? null : after.value(), limit + 1)
        .map(rows ->
            Page.of(
                rows, limit, last -> cursors.write(LIST, new Position(last.name(), last.id()))));
  }

  /**
   * One role.
   *
   * @throws ProblemException not-found
   */
  Uni<RoleView> get(UUID id) {
    return RoleService.present(store.find(id), id);
  }
}
