package dev.valet.api.audit;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.audit.AuditCheckpoint;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table audit_checkpoint. */
@ApplicationScoped
class CheckpointStore {
  private static final String SELECT =
      "SELECT seq, hash, at, key, signature FROM audit_checkpoint ";

  /** One of a later seal is not ours: it must not keep us from making ours. */
  private static final String BEFORE = SELECT + "WHERE seq <= $1 ORDER BY seq DESC LIMIT 1";

  private static final String NEWEST = SELECT + "ORDER BY seq DESC LIMIT 1";
  private static final String BETWEEN = SELECT + "WHERE seq BETWEEN $1 AND $2 ORDER BY seq";
  private static final String INSERT =
      """
      INSERT INTO audit_checkpoint (seq, hash, at, key, signature) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (seq) DO NOTHING
      """;

  private final Reads reads;

  CheckpointStore(Reads reads) {
    this.reads = reads;
  }

  /** The latest checkpoint of that seal or one before. */
  Uni<@Nullable AuditCheckpoint> before(Tx tx, long seq) {
    return tx.first(BEFORE, CheckpointStore::checkpoint, seq);
  }

  Uni<Void> insert(Tx tx, AuditCheckpoint made) {
    return tx.update(
            INSERT,
            made.seq(),
            made.hash(),
            Rows.parameter(made.at()),
            made.key(),
            Buffer.buffer(made.signature()))
        .replaceWithVoid();
  }

  Uni<@Nullable AuditCheckpoint> newest() {
    return reads.first(NEWEST, CheckpointStore::checkpoint);
  }

  /** The checkpoints of these seals, both ends included. */
  Uni<List<AuditCheckpoint>> between(long from, long to) {
    return reads.list(BETWEEN, CheckpointStore::checkpoint, from, to);
  }

  private static AuditCheckpoint checkpoint(Row row) {
    return new AuditCheckpoint(
        row.getLong("seq"),
        row.getString("hash"),
        Rows.requiredInstant(row, "at"),
        row.getString("key"),
        row.getBuffer("signature").getBytes());
  }
}
