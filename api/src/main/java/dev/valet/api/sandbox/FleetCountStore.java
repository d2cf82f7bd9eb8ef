package dev.valet.api.sandbox;

import dev.valet.api.platform.db.Reads;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Counts the fleet. */
@ApplicationScoped
class FleetCountStore {
  private static final String LIVING =
      """
      SELECT s.phase, coalesce(h.status, 'unknown') AS health, count(*) AS sandboxes
      FROM sandbox_status s
      LEFT JOIN sandbox_health h ON h.sandbox_id = s.sandbox_id
      WHERE s.phase <> 'terminated'
      GROUP BY 1, 2
      """;

  private final Reads reads;

  FleetCountStore(Reads reads) {
    this.reads = reads;
  }

  /** How many sandboxes have this phase and verdict. */
  record Count(String phase, String health, long sandboxes) {}

  /** All pairs that any sandbox has. */
  Uni<List<Count>> living() {
    return reads.list(LIVING, FleetCountStore::count);
  }

  private static Count count(Row row) {
    return new Count(row.getString("phase"), row.getString("health"), row.getLong("sandboxes"));
  }
}
