package dev.valet.api.health;

import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Table sandbox_health: what others than the agent find. Probers learn of it as of a new target.
 */
@ApplicationScoped
class FindingStore {
  private static final String TELL =
      """
      , verdict_version = verdict_version + 1, version = version + 1,
        target_version = target_version + 1, target_changed_at = now()
      """;
  private static final String SET =
      "UPDATE sandbox_health SET finding = $3, finding_restart = $4"
          + TELL
          + """
          WHERE sandbox_id = $1 AND boot_id = $2 AND probed
            AND (finding IS DISTINCT FROM $3 OR finding_restart <> $4)
          """;
  private static final String CLEAR =
      "UPDATE sandbox_health SET finding = NULL, finding_restart = false"
          + TELL
          + "WHERE sandbox_id = $1 AND finding IS NOT NULL";

  /** Sets what is found of that boot; yields whether it changed anything. */
  Uni<Boolean> set(Tx tx, UUID sandboxId, String bootId, String what, boolean restart) {
    return tx.update(SET, sandboxId, bootId, what, restart).map(count -> count == 1);
  }

  Uni<Boolean> clear(Tx tx, UUID sandboxId) {
    return tx.update(CLEAR, sandboxId).map(count -> count == 1);
  }
}
