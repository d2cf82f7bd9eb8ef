package dev.valet.api.health;

import dev.valet.api.health.ResultPlanner.Update;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.common.event.EventType;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells of each connection to the task engine that came or went, with the change itself. */
@ApplicationScoped
class WorkerLinkNews {
  /** Inserts that the connection has under way: an engine that goes takes a whole fleet along. */
  private static final int AT_ONCE = 32;

  private final Outbox outbox;

  WorkerLinkNews(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Tells of those that were written.
   *
   * @param versions of the written rows
   */
  Uni<Void> tell(Tx tx, List<Update> updates, Map<UUID, Long> versions) {
    return Multi.createFrom()
        .iterable(updates)
        .filter(Update::changesLinkState)
        .filter(one -> versions.containsKey(one.result().sandboxId()))
        .onItem()
        .transformToUni(one -> tell(tx, one, versions))
        .merge(AT_ONCE)
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private Uni<Void> tell(Tx tx, Update update, Map<UUID, Long> versions) {
    ProbeTarget target = update.after().target();
    WorkerLink link = update.after().link();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("hatchet", link == null ? null : link.state().wire());
    data.put("healthVersion", versions.get(target.sandboxId()));
    return outbox.add(
        tx,
        EventType.SANDBOX_CHANGED,
        EventSubject.sandbox(target.tenantId(), target.environment(), target.sandboxId()),
        data);
  }
}
