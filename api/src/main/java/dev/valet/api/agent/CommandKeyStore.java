package dev.valet.api.agent;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table command_key: one row, never changed. */
@ApplicationScoped
class CommandKeyStore {
  private static final String READ = "SELECT public_key FROM command_key WHERE id = 1";
  private static final String READ_PRIVATE = "SELECT sealed_private FROM command_key WHERE id = 1";
  private static final String INSERT =
      """
      INSERT INTO command_key (id, public_key, sealed_private, created_at) VALUES (1, $1, $2, $3)
      ON CONFLICT (id) DO NOTHING
      """;

  private final Reads reads;
  private final Clock clock;

  CommandKeyStore(Reads reads, Clock clock) {
    this.reads = reads;
    this.clock = clock;
  }

  /** A key pair, encoded; the private half sealed. */
  record KeyPairBytes(byte[] publicKey, byte[] sealedPrivate) {}

  Uni<byte @Nullable []> publicKey() {
    return reads.first(READ, row -> row.getBuffer(0).getBytes());
  }

  Uni<byte @Nullable []> sealedPrivate() {
    return reads.first(READ_PRIVATE, row -> row.getBuffer(0).getBytes());
  }

  /** Stores the pair unless another replica was first; yields the public key that counts. */
  Uni<byte[]> insertOrRead(Tx tx, KeyPairBytes pair) {
    return tx.update(
            INSERT,
            Buffer.buffer(pair.publicKey()),
            Buffer.buffer(pair.sealedPrivate()),
            Rows.parameter(clock.instant()))
        .chain(() -> tx.list(READ, row -> row.getBuffer(0).getBytes()))
        .map(List::getFirst);
  }
}
