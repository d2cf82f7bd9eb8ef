package dev.valet.api.sandbox;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import dev.valet.common.sandbox.FleetSummaryView;
import dev.valet.common.sandbox.SandboxView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Shows sandboxes, within what the caller may see. */
@ApplicationScoped
public class SandboxViews {
  private final SandboxViewStore store;
  private final FleetSummaryStore fleet;
  private final Drifts drifts;
  private final Cursors cursors;

  SandboxViews(SandboxViewStore store, FleetSummaryStore fleet, Drifts drifts, Cursors cursors) {
    this.store = store;
    this.fleet = fleet;
    this.drifts = drifts;
    this.cursors = cursors;
  }

  /**
   * One sandbox, terminated ones included.
   *
   * @throws ProblemException not-found, also for one outside the scope
   */
  public Uni<SandboxView> get(UUID id, Scope scope) {
    return store
        .find(id, scope)
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.notFound("sandbox " + id))
        .chain(drifts::shown);
  }

  /** Figures of the whole fleet. */
  Uni<FleetSummaryView> summary(Scope scope) {
    return fleet.summary(scope);
  }

  /**
   * A page of the list.
   *
   * @throws ProblemException bad-cursor
   */
  Uni<Page<SandboxView>> page(SandboxListRequest request, Scope scope) {
    ListKey key = request.key();
    SandboxListQuery.Sql query =
        SandboxListQuery.page(request, scope, cursors.read(key, request.cursor()));
    return store
        .list(query.text(), query.parameters())
        .chain(views -> drifts.shown(views))
        .map(rows ->
            Page.of(
                rows,
                request.limit(),
                last -> cursors.write(key, new Position(request.sort().value(last), last.id()))));
  }
}
