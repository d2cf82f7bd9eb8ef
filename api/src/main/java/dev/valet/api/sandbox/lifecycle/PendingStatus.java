package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Gives a new sandbox its status row, in the transaction that creates it. */
@ApplicationScoped
public class PendingStatus {
  private final StatusStore statuses;

  PendingStatus(StatusStore statuses) {
    this.statuses = statuses;
  }

  /** Inserts the row in phase pending, due at once. */
  public Uni<Void> insert(Tx tx, UUID sandboxId, Instant now) {
    return statuses.insert(tx, sandboxId, new SandboxPhase.Pending(now));
  }
}
