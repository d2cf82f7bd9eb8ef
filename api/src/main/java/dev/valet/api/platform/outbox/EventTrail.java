package dev.valet.api.platform.outbox;

import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Page;
import dev.valet.api.platform.query.Position;
import dev.valet.common.event.EventMessage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what happened, as far as events are kept. */
@ApplicationScoped
public class EventTrail {
  private final EventTrailStore store;
  private final Cursors cursors;

  EventTrail(EventTrailStore store, Cursors cursors) {
    this.store = store;
    this.cursors = cursors;
  }

  /**
   * A page of what happened to a sandbox, newest first. Whether the reader may see the sandbox is
   * up to the caller: its tenant and environment never change.
   *
   * @param limit 1 to 200
   * @param cursor of the page before; null for the first
   * @throws dev.valet.api.platform.problem.ProblemException 400 if the cursor is of another list
   */
  public Uni<Page<EventMessage>> ofSandbox(UUID sandboxId, int limit, @Nullable String cursor) {
    ListKey list = ListKey.of("sandbox-events", "seq", true, Map.of("sandbox", sandboxId));
    Position after = cursors.read(list, cursor);
    long before = after == null ? Long.MAX_VALUE : Long.parseLong(after.value());
    return store
        .ofSandbox(sandboxId, before, limit + 1)
        .map(events -> Page.of(events, limit, last -> cursor(list, last, sandboxId)));
  }

  private String cursor(ListKey list, EventMessage last, UUID sandboxId) {
    return cursors.write(list, new Position(Long.toString(last.seq()), sandboxId));
  }
}
