package dev.valet.api.health;

import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Table health_verdict_change: every change of a verdict, kept for a time. */
@ApplicationScoped
class VerdictHistoryStore {
  private static final String INSERT =
      """
      INSERT INTO health_verdict_change
        (sandbox_id, tenant_id, at, from_status, to_status, reason, instance_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;

  private static final String FORGET =
      """
      DELETE FROM health_verdict_change WHERE id IN
        (SELECT id FROM health_verdict_change WHERE at < $1 ORDER BY at LIMIT $2)
      """;

  /** Deletes up to so many changes from before that time; yields how many. */
  Uni<Integer> forget(Tx tx, Instant before, int most) {
    return tx.update(FORGET, Rows.parameter(before), (long) most);
  }

  Uni<Void> add(Tx tx, VerdictLog.Entry entry) {
    return tx.update(
            INSERT,
            entry.sandboxId(),
            entry.tenantId(),
            Rows.parameter(entry.change().at()),
            entry.change().from().wire(),
            entry.change().to().wire(),
            entry.change().reason(),
            entry.instanceId())
        .replaceWithVoid();
  }
}
