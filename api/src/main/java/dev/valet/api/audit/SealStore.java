package dev.valet.api.audit;

import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of sealing. */
@ApplicationScoped
class SealStore {
  private static final String LOCK_HEAD = "SELECT seq, hash FROM audit_head FOR UPDATE SKIP LOCKED";

  /**
   * A waiting row whose record is gone stays, as evidence; one that is sealed already (somebody
   * queued it again) is passed over, and must not stop the others.
   */
  private static final String TAKE =
      """
      WITH due AS (
        SELECT a.id, a.at, a.canonical,
          EXISTS (SELECT 1 FROM audit_seal s WHERE s.audit_id = a.id) AS sealed
        FROM audit_unsealed u JOIN audit a ON a.id = u.audit_id ORDER BY u.audit_id LIMIT $1),
      gone AS (DELETE FROM audit_unsealed u USING due WHERE u.audit_id = due.id)
      SELECT id, canonical FROM due WHERE NOT sealed ORDER BY at, id
      """;

  private static final String APPEND =
      """
      INSERT INTO audit_seal (seq, audit_id, prev, hash)
      SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[])
      """;
  private static final String MOVE_HEAD = "UPDATE audit_head SET seq = $1, hash = $2";

  /** A row that waits. */
  record Unsealed(UUID auditId, byte[] canonical) {}

  /** A seal to be stored. */
  record Seal(long seq, UUID auditId, byte[] prev, byte[] hash) {
    SealHead head() {
      return new SealHead(seq, hash);
    }
  }

  /** The head, locked until the end of the transaction; null while another replica has it. */
  Uni<@Nullable SealHead> lockHead(Tx tx) {
    return tx.first(
        LOCK_HEAD, row -> new SealHead(row.getLong("seq"), row.getBuffer("hash").getBytes()));
  }

  /** Takes up to so many rows that wait and are visible by now. */
  Uni<List<Unsealed>> take(Tx tx, int most) {
    return tx.list(
        TAKE,
        row -> new Unsealed(row.getUUID("id"), row.getBuffer("canonical").getBytes()),
        (long) most);
  }

  /** Stores seals and moves the head to the last of them. */
  Uni<Void> append(Tx tx, List<Seal> seals) {
    if (seals.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Seal last = seals.getLast();
    return tx.update(
            APPEND,
            seals.stream().map(Seal::seq).toArray(Long[]::new),
            seals.stream().map(Seal::auditId).toArray(UUID[]::new),
            seals.stream().map(seal -> Buffer.buffer(seal.prev())).toArray(Buffer[]::new),
            seals.stream().map(seal -> Buffer.buffer(seal.hash())).toArray(Buffer[]::new))
        .chain(() -> tx.update(MOVE_HEAD, last.seq(), Buffer.buffer(last.hash())))
        .replaceWithVoid();
  }
}
