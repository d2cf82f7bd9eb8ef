package dev.valet.api.health;

import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.common.event.EventType;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes each changed verdict to the history and tells it as an event, with the change itself. */
@ApplicationScoped
class VerdictLog {
  /** Inserts that the connection has under way: a fleet may change its verdicts all at once. */
  private static final int AT_ONCE = 32;

  private final VerdictHistoryStore history;
  private final Outbox outbox;

  VerdictLog(VerdictHistoryStore history, Outbox outbox) {
    this.history = history;
    this.outbox = outbox;
  }

  /** A change of one sandbox. */
  record Entry(
      UUID sandboxId,
      UUID tenantId,
      Environment environment,
      @Nullable String instanceId,
      int consecutiveFailures,
      long healthVersion,
      VerdictChange change) {}

  /** Logs changes of different sandboxes; their events come in no particular order. */
  Uni<Void> add(Tx tx, List<Entry> entries) {
    return entries.isEmpty()
        ? Uni.createFrom().voidItem()
        : history.add(tx, entries).chain(() -> tellAll(tx, entries));
  }

  private Uni<Void> tellAll(Tx tx, List<Entry> entries) {
    return Multi.createFrom()
        .iterable(entries)
        .onItem()
        .transformToUni(entry -> tell(tx, entry))
        .merge(AT_ONCE)
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private Uni<Void> tell(Tx tx, Entry entry) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("status", entry.change().to().wire());
    data.put("previous", entry.change().from().wire());
    data.put("since", entry.change().at().toString());
    data.put("reason", entry.change().reason());
    data.put("consecutiveFailures", entry.consecutiveFailures());
    data.put("healthVersion", entry.healthVersion());
    EventSubject subject =
        EventSubject.sandbox(entry.tenantId(), entry.environment(), entry.sandboxId());
    return outbox.add(tx, EventType.SANDBOX_HEALTH, subject, data);
  }
}
