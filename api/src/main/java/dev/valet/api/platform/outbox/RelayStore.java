package dev.valet.api.platform.outbox;

import static java.util.Objects.requireNonNull;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** SQL of the relay: tables outbox, event and event_head. */
@ApplicationScoped
class RelayStore {
  private static final String HAS_WORK =
      """
      SELECT EXISTS (SELECT FROM outbox) OR incarnation <> event_incarnation() FROM event_head
      """;
  private static final String LOCK_HEAD =
      """
      SELECT seq, incarnation <> event_incarnation() AS reborn FROM event_head FOR UPDATE
      """;

  /** A statement of its own, so that it sees what was committed before the head was locked. */
  private static final String MOVE =
      """
      WITH moved AS (
        DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT $2) RETURNING *)
      INSERT INTO event (seq, at, type, tenant_id, environment, sandbox_id, data)
      SELECT $1 + row_number() OVER (ORDER BY id), at, type, tenant_id, environment, sandbox_id, data
      FROM moved
      RETURNING at
      """;

  private static final String SET_HEAD = "UPDATE event_head SET seq = $1";
  private static final String NEW_STREAM =
      "UPDATE event_head SET stream = gen_random_uuid(), incarnation = event_incarnation()";
  private static final String NOTIFY = "SELECT pg_notify('" + EventRelay.CHANNEL + "', $1)";

  private final Reads reads;

  RelayStore(Reads reads) {
    this.reads = reads;
  }

  private record Head(long seq, boolean reborn) {}

  /** Whether a round would find something to do. */
  Uni<Boolean> hasWork() {
    return reads.first(HAS_WORK, row -> row.getBoolean(0)).map(found -> requireNonNull(found));
  }

  /** Holds the head's row from here on; numbers start anew in a database that is another now. */
  Uni<Long> lockHead(Tx tx) {
    return tx.first(LOCK_HEAD, RelayStore::head)
        .map(head -> requireNonNull(head, "the row of event_head is missing"))
        .call(head -> head.reborn() ? tx.update(NEW_STREAM) : Uni.createFrom().nullItem())
        .map(Head::seq);
  }

  /** Moves up to so many events behind the head; yields the times of their changes. */
  Uni<List<Instant>> move(Tx tx, long head, int most) {
    return tx.list(MOVE, row -> Rows.requiredInstant(row, "at"), head, (long) most);
  }

  /** Sets the head and tells every replica, at commit. */
  Uni<Void> setHead(Tx tx, long head) {
    return tx.update(SET_HEAD, head)
        .chain(() -> tx.update(NOTIFY, Long.toString(head)))
        .replaceWithVoid();
  }

  private static Head head(Row row) {
    return new Head(row.getLong("seq"), row.getBoolean("reborn"));
  }
}
