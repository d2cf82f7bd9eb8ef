package dev.valet.api.desktop;

import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.agent.VncMode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table vnc_ticket. Times are the database's: replicas agree on them. */
@ApplicationScoped
class TicketStore {
  private static final String INSERT =
      """
      INSERT INTO vnc_ticket (hash, sandbox_id, subject, mode, expires_at)
      VALUES ($1, $2, $3, $4, now() + $5 * interval '1 second') RETURNING expires_at
      """;
  private static final String CONSUME =
      """
      DELETE FROM vnc_ticket
      WHERE hash = $1 AND expires_at > now() AND subject = $2 AND sandbox_id = $3 RETURNING mode
      """;
  private static final String PURGE =
      """
      DELETE FROM vnc_ticket WHERE hash IN
        (SELECT hash FROM vnc_ticket WHERE expires_at <= now() LIMIT $1)
      """;

  /** Yields when it runs out. */
  Uni<Instant> insert(
      Tx tx, TicketSecret ticket, UUID sandboxId, String subject, VncMode mode, Duration life) {
    return tx.list(
            INSERT,
            row -> Rows.requiredInstant(row, "expires_at"),
            ticket.hash(),
            sandboxId,
            subject,
            mode.wire(),
            (int) life.toSeconds())
        .map(List::getFirst);
  }

  /** What the ticket is for; null if there is none for this subject and sandbox now. */
  Uni<@Nullable VncMode> consume(Tx tx, TicketSecret ticket, String subject, UUID sandboxId) {
    return tx.first(
        CONSUME, row -> VncMode.fromWire(row.getString("mode")), ticket.hash(), subject, sandboxId);
  }

  /** Removes some that ran out; yields how many. */
  Uni<Integer> purge(Tx tx, int most) {
    return tx.update(PURGE, most);
  }
}
