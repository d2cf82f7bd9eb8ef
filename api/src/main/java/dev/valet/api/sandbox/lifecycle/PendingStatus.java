package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.health.ProbeTargets;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Gives a new sandbox its status row, in the transaction that creates it. */
@ApplicationScoped
public class PendingStatus {
  private final StatusStore statuses;
  private final ProbeTargets probes;

  PendingStatus(StatusStore statuses, ProbeTargets probes) {
    this.statuses = statuses;
    this.probes = probes;
  }

  /** Inserts the row in phase pending, due at once; health hears of the sandbox. */
  public Uni<Void> insert(
      Tx tx, UUID sandboxId, UUID tenantId, Environment environment, Instant now) {
    return statuses
        .insert(tx, sandboxId, new SandboxPhase.Pending(now))
        .chain(() -> probes.introduce(tx, sandboxId, tenantId, environment, "It is pending"));
  }
}
