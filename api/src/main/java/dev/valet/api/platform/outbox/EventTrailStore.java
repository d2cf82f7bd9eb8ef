package dev.valet.api.platform.outbox;

import dev.valet.api.platform.db.Reads;
import dev.valet.common.event.EventMessage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads table event. */
@ApplicationScoped
class EventTrailStore {
  private static final String OF_SANDBOX =
      """
      SELECT seq, at, type, tenant_id, sandbox_id, data FROM event
      WHERE sandbox_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3
      """;

  private final Reads reads;

  EventTrailStore(Reads reads) {
    this.reads = reads;
  }

  /** Events with lower numbers than that, newest first. */
  Uni<List<EventMessage>> ofSandbox(UUID sandboxId, long before, int most) {
    return reads.list(OF_SANDBOX, EventRows::message, sandboxId, before, (long) most);
  }
}
