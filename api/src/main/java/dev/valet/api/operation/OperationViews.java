package dev.valet.api.operation;

import dev.valet.api.access.Caller;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import dev.valet.common.access.Permission;
import dev.valet.common.operation.ItemStatus;
import dev.valet.common.operation.OperationItemView;
import dev.valet.common.operation.OperationView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows operations and their items, within what the caller may see. */
@ApplicationScoped
public class OperationViews {
  /** Items that are shown with their operation. */
  private static final int FIRST_ITEMS = 100;

  private final OperationStore store;
  private final ItemStore items;
  private final Cursors cursors;

  OperationViews(OperationStore store, ItemStore items, Cursors cursors) {
    this.store = store;
    this.items = items;
    this.cursors = cursors;
  }

  /**
   * An operation; a bulk operation with counts and its first hundred items.
   *
   * @throws ProblemException not-found
   */
  public Uni<OperationView> get(Caller caller, UUID id) {
    Visible visible = Visible.to(caller, Permission.READ);
    return find(id, visible)
        .chain(found ->
            found.bulk() == null
                ? Uni.createFrom().item(found.view())
                : withItems(found.view(), visible));
  }

  private Uni<OperationView> withItems(OperationView view, Visible visible) {
    return items
        .counts(List.of(view.id()), visible)
        .chain(counts ->
            items
                .page(view.id(), visible, null, null, FIRST_ITEMS)
                .map(
                    first -> view.with(counts.getOrDefault(view.id(), Counts.NONE).view(), first)));
  }

  /** A page of the list, newest first. */
  Uni<Page<OperationView>> list(
      Caller caller, OperationFilter filter, int limit, @Nullable String cursor) {
    Visible visible = Visible.to(caller, Permission.READ);
    ListKey key = ListKey.of("operations", "id", true, filter.byName());
    return store
        .list(filter, visible, id(cursors.read(key, cursor)), limit + 1)
        .map(rows -> Page.of(rows, limit, last -> cursor(key, last.id())).map(Operation::view))
        .chain(page -> counted(page, visible));
  }

  private Uni<Page<OperationView>> counted(Page<OperationView> page, Visible visible) {
    List<UUID> bulk =
        page.items().stream().filter(one -> one.target() == null).map(OperationView::id).toList();
    return bulk.isEmpty()
        ? Uni.createFrom().item(page)
        : items.counts(bulk, visible).map(counts -> page.map(one -> counted(one, counts)));
  }

  private static OperationView counted(OperationView view, Map<UUID, Counts> counts) {
    return view.target() != null
        ? view
        : view.with(counts.getOrDefault(view.id(), Counts.NONE).view(), null);
  }

  /**
   * A page of the items of a bulk operation, by sandbox id; empty for others.
   *
   * @throws ProblemException not-found
   */
  Uni<Page<OperationItemView>> items(
      Caller caller, UUID id, @Nullable ItemStatus status, int limit, @Nullable String cursor) {
    Visible visible = Visible.to(caller, Permission.READ);
    Map<String, @Nullable Object> filters = new HashMap<>();
    filters.put("operation", id);
    filters.put("status", status);
    ListKey key = ListKey.of("operation-items", "sandboxId", false, filters);
    UUID after = id(cursors.read(key, cursor));
    return find(id, visible)
        .chain(found -> items.page(id, visible, status, after, limit + 1))
        .map(rows -> Page.of(rows, limit, last -> cursor(key, last.sandboxId())));
  }

  private Uni<Operation> find(UUID id, Visible visible) {
    return store
        .find(id, visible)
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.notFound("operation " + id));
  }

  private static @Nullable UUID id(@Nullable Position position) {
    return position == null ? null : position.id();
  }

  private String cursor(ListKey key, UUID id) {
    return cursors.write(key, new Position("", id));
  }
}
