package dev.valet.api.health;

import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.platform.security.Actor;
import dev.valet.common.event.EventType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Says that the fleet is frozen, that it is no more, that repair goes on: to everybody. */
@ApplicationScoped
class FreezeNews {
  private static final Logger LOG = Logger.getLogger(FreezeNews.class);

  private final FreezeStore store;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Clock clock;

  FreezeNews(FreezeStore store, Outbox outbox, AuditLog audit, Clock clock) {
    this.store = store;
    this.outbox = outbox;
    this.audit = audit;
    this.clock = clock;
  }

  /** Tells how things stand: an audit row, and an event. */
  Uni<Void> tell(Tx tx, Actor actor, String action) {
    return store
        .read(tx)
        .invoke(state -> LOG.warnf("%s: %s", action, data(state)))
        .call(state -> audit.record(tx, entry(actor, action, state)))
        .chain(state -> outbox.add(tx, EventType.FLEET_FREEZE, EventSubject.fleet(), news(state)));
  }

  /** Without the reason: it counts sandboxes of every tenant. */
  private Map<String, Object> news(FreezeState state) {
    Map<String, Object> news = data(state);
    news.remove("reason");
    return news;
  }

  private AuditEntry entry(Actor actor, String action, FreezeState state) {
    return AuditEntry.of(actor, action).on("fleet", "all").change(Map.of(), data(state));
  }

  private Map<String, Object> data(FreezeState state) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("frozen", state.isFrozen(clock.instant()));
    data.put("repairBraked", state.repairBraked());
    if (state.frozenUntil() != null) {
      data.put("until", state.frozenUntil().toString());
    }
    if (state.reason() != null) {
      data.put("reason", state.reason());
    }
    return data;
  }
}
