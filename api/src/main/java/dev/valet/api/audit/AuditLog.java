package dev.valet.api.audit;

import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.security.Actor;
import dev.valet.api.platform.time.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Locale;

/** Writes the audit log. */
@ApplicationScoped
public class AuditLog {
  private final AuditStore store;
  private final Ids ids;
  private final Clock clock;

  AuditLog(AuditStore store, Ids ids, Clock clock) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Records an action in the transaction of the change itself: both are kept or lost together.
   *
   * @throws IllegalArgumentException if a tracked value is of a type that audit rows cannot hold
   */
  public Uni<Void> record(Tx tx, AuditEntry entry) {
    return store.insert(tx, stamped(entry));
  }

  private AuditRecord stamped(AuditEntry entry) {
    return new AuditRecord(
        ids.uuid(),
        clock.instant(),
        who(entry.actor()),
        entry.action(),
        entry.tenantId(),
        entry.environment(),
        entry.targetType(),
        entry.targetId(),
        entry.sandboxId(),
        entry.before(),
        entry.after(),
        entry.result(),
        entry.reason());
  }

  private static AuditRecord.Who who(Actor actor) {
    return new AuditRecord.Who(
        actor.kind().name().toLowerCase(Locale.ROOT),
        actor.issuer(),
        actor.subject(),
        actor.name(),
        actor.clientAddress(),
        actor.requestId());
  }
}
