package dev.valet.api.access;

import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** SQL of idempotency keys. */
@ApplicationScoped
class IdempotencyStore {
  /** A twin's insert waits here for the first one's commit, but not for ever. */
  private static final String WAIT = "SET LOCAL lock_timeout = '5s'";

  private static final String WAIT_NO_LONGER = "SET LOCAL lock_timeout = DEFAULT";

  /** An expired key that the purge has not reached yet counts as absent. */
  private static final String CLAIM =
      """
      INSERT INTO idempotency_key (principal, route, key, body_hash) VALUES ($1, $2, $3, $4)
      ON CONFLICT (principal, route, key) DO UPDATE
        SET body_hash = excluded.body_hash, status = NULL, location = NULL, body = NULL,
            created_at = now()
        WHERE idempotency_key.created_at < now() - interval '24 hours'
      """;

  private static final String FIND =
      """
      SELECT body_hash, status, location, body FROM idempotency_key
      WHERE principal = $1 AND route = $2 AND key = $3
      """;

  private static final String KEEP =
      """
      UPDATE idempotency_key SET status = $4, location = $5, body = $6
      WHERE principal = $1 AND route = $2 AND key = $3
      """;

  private static final String PURGE =
      """
      DELETE FROM idempotency_key WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM idempotency_key
        WHERE created_at < now() - interval '24 hours'
        LIMIT $1 FOR UPDATE SKIP LOCKED))
      """;

  /** A key of one caller for one route. */
  record Key(String principal, String route, String key) {}

  /** What a key was used for, and what was answered. */
  record Used(Buffer bodyHash, StoredResponse response) {}

  /** True if the key is ours now, false if it was used before. */
  Uni<Boolean> claim(Tx tx, Key key, byte[] bodyHash) {
    return tx.update(WAIT)
        .chain(() ->
            tx.update(CLAIM, key.principal(), key.route(), key.key(), Buffer.buffer(bodyHash)))
        .call(() -> tx.update(WAIT_NO_LONGER))
        .map(rows -> rows > 0);
  }

  Uni<@Nullable Used> find(Tx tx, Key key) {
    return tx.first(FIND, IdempotencyStore::used, key.principal(), key.route(), key.key());
  }

  Uni<Void> keep(Tx tx, Key key, StoredResponse response) {
    return tx.update(
            KEEP,
            key.principal(),
            key.route(),
            key.key(),
            response.status(),
            response.location(),
            response.body())
        .replaceWithVoid();
  }

  /** Removes expired keys, at most so many; yields how many. */
  Uni<Integer> purge(Tx tx, int most) {
    return tx.update(PURGE, most);
  }

  private static Used used(Row row) {
    StoredResponse response =
        new StoredResponse(
            row.getInteger("status"), row.getString("location"), row.getString("body"));
    return new Used(row.getBuffer("body_hash"), response);
  }
}
