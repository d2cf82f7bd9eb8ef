package dev.valet.api.health;

import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.platform.security.Actor;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Says that the fleet is frozen, that it is no more, that repair goes on: to everybody. */
@ApplicationScoped
class FreezeNews {
  private static final String EVENT = "fleet.freeze";
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

  /** Tells how things stand: an audit row, and an event to each tenant that has sandboxes. */
  Uni<Void> tell(Tx tx, Actor actor, String action) {
    return store
        .read(tx)
        .invoke(state -> LOG.warnf("%s: %s", action, data(state)))
        .call(state -> audit.record(tx, entry(actor, action, state)))
        .chain(state ->
            store
                .tenants(tx)
                .chain(tenants ->
                    Multi.createFrom()
                        .iterable(tenants)
                        .onItem()
                        .transformToUniAndConcatenate(tenant -> tell(tx, tenant, state))
                        .collect()
                        .asList()))
        .replaceWithVoid();
  }

  private Uni<Void> tell(Tx tx, UUID tenant, FreezeState state) {
    return outbox.add(tx, EVENT, tenant, null, data(state));
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
