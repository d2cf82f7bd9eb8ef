package dev.valet.api.health;

import dev.valet.api.health.HeldShards.Claim;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Tables probe_shard and probe_replica. Times are the database's. Rows are locked in the order of
 * their shards, or skipped when locked, so that probers never wait for each other in a circle.
 */
@ApplicationScoped
class ShardStore {
  private static final String BEAT =
      """
      INSERT INTO probe_replica (id, seen_at) VALUES ($1, now())
      ON CONFLICT (id) DO UPDATE SET seen_at = now()
      """;
  private static final String FORGET_DEAD =
      "DELETE FROM probe_replica WHERE seen_at < now() - interval '1 minute'";
  private static final String LIVE =
      "SELECT count(*) FROM probe_replica WHERE seen_at > now() - interval '12 seconds'";
  private static final String LEAVE = "DELETE FROM probe_replica WHERE id = $1";
  private static final String RENEW =
      """
      WITH mine AS MATERIALIZED (
        SELECT shard FROM probe_shard WHERE owner = $1 ORDER BY shard FOR UPDATE)
      UPDATE probe_shard s SET until = now() + interval '12 seconds'
      FROM mine WHERE s.shard = mine.shard RETURNING s.shard, s.token
      """;
  private static final String TAKE =
      """
      WITH free AS MATERIALIZED (
        SELECT shard FROM probe_shard WHERE until <= now()
        ORDER BY random() LIMIT $2 FOR UPDATE SKIP LOCKED)
      UPDATE probe_shard s
      SET owner = $1, token = s.token + 1, until = now() + interval '12 seconds'
      FROM free WHERE s.shard = free.shard RETURNING s.shard, s.token
      """;
  private static final String RELEASE =
      """
      WITH given AS MATERIALIZED (
        SELECT shard FROM probe_shard
        WHERE owner = $1 AND shard = ANY($2) ORDER BY shard FOR UPDATE)
      UPDATE probe_shard s SET owner = NULL, until = now() FROM given WHERE s.shard = given.shard
      """;
  private static final String FENCE =
      """
      SELECT shard, token FROM probe_shard WHERE owner = $1 AND shard = ANY($2)
      ORDER BY shard FOR SHARE
      """;

  /** Says that the prober lives; yields how many do. */
  Uni<Integer> beat(Tx tx, UUID prober) {
    return tx.update(BEAT, prober)
        .chain(() -> tx.update(FORGET_DEAD))
        .chain(() -> tx.list(LIVE, row -> row.getLong(0).intValue()))
        .map(counts -> counts.getFirst());
  }

  /** The prober does not count among the live ones any more. */
  Uni<Void> leave(Tx tx, UUID prober) {
    return tx.update(LEAVE, prober).replaceWithVoid();
  }

  /** Prolongs all leases of the prober that nobody else has taken since. */
  Uni<List<Claim>> renew(Tx tx, UUID prober) {
    return tx.list(RENEW, ShardStore::claim, prober);
  }

  /** Takes up to so many shards whose leases are over. */
  Uni<List<Claim>> take(Tx tx, UUID prober, int most) {
    return most == 0
        ? Uni.createFrom().item(List.of())
        : tx.list(TAKE, ShardStore::claim, prober, (long) most);
  }

  Uni<Void> release(Tx tx, UUID prober, Collection<Integer> shards) {
    return tx.update(RELEASE, prober, array(shards)).replaceWithVoid();
  }

  /** The prober's claims among these shards; nobody can take them before this transaction ends. */
  Uni<List<Claim>> fence(Tx tx, UUID prober, Collection<Integer> shards) {
    return tx.list(FENCE, ShardStore::claim, prober, array(shards));
  }

  static Short[] array(Collection<Integer> shards) {
    return shards.stream().map(Integer::shortValue).toArray(Short[]::new);
  }

  private static Claim claim(Row row) {
    return new Claim(row.getShort("shard"), row.getLong("token"));
  }
}
