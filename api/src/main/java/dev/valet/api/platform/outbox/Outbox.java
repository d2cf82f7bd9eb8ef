package dev.valet.api.platform.outbox;

import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.event.EventType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;

/**
 * Hands events over to the relay. A row is written in the transaction of the change, after its row
 * lock, so that the order of events is the order of commits (mechanisms: events without gaps). The
 * relay is woken when that transaction has committed.
 */
@ApplicationScoped
public class Outbox {
  private static final String INSERT =
      """
      INSERT INTO outbox (at, type, tenant_id, environment, sandbox_id, data)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  private final Clock clock;
  private final Runnable wakeRelay;

  Outbox(Clock clock, RelayAlarm alarm) {
    this.clock = clock;
    this.wakeRelay = alarm::ring;
  }

  /**
   * Adds an event.
   *
   * @param subject what it is about; decides who may see it
   * @param data JSON values only, with the version of what changed; no secrets
   */
  public Uni<Void> add(Tx tx, EventType type, EventSubject subject, Map<String, Object> data) {
    tx.afterCommit(wakeRelay);
    return tx.update(
            INSERT,
            Rows.parameter(clock.instant()),
            type.wire(),
            subject.tenantId(),
            subject.environmentName(),
            subject.sandboxId(),
            new JsonObject(data))
        .replaceWithVoid();
  }
}
