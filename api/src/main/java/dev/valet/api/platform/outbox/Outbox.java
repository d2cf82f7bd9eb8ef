package dev.valet.api.platform.outbox;

import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hands events over to the relay. A row is written in the transaction of the change, after its row
 * lock, so that the order of events is the order of commits (mechanisms: events without gaps).
 */
@ApplicationScoped
public class Outbox {
  private static final String INSERT =
      """
      INSERT INTO outbox (at, type, tenant_id, sandbox_id, data) VALUES ($1, $2, $3, $4, $5)
      """;

  private final Clock clock;

  Outbox(Clock clock) {
    this.clock = clock;
  }

  /**
   * Adds an event.
   *
   * @param type one of the contract's event types, such as {@code sandbox.phase}
   * @param data JSON values only; no secrets, it goes to every client that may see the tenant
   */
  public Uni<Void> add(
      Tx tx, String type, UUID tenantId, @Nullable UUID sandboxId, Map<String, Object> data) {
    return tx.update(
            INSERT,
            Rows.parameter(clock.instant()),
            type,
            tenantId,
            sandboxId,
            new JsonObject(data))
        .replaceWithVoid();
  }
}
