package dev.valet.api.health;

import dev.valet.api.health.HeldShards.Claim;
import dev.valet.api.health.MonotonicTime.Moment;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Loop;
import dev.valet.api.platform.time.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Keeps this prober's fair share of the shards: renews every 3 s, takes what nobody holds, gives
 * back what is too much. A prober that distrusts itself holds none for a minute and is not counted
 * as living meanwhile, so that the others take its part.
 */
@ApplicationScoped
class ShardKeeper implements Loop {
  static final String NAME = "health-shards";
  static final Duration HOLD_OFF = Duration.ofSeconds(60);
  private static final Logger LOG = Logger.getLogger(ShardKeeper.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration RENEW_EVERY = Duration.ofSeconds(3);

  private final UUID prober;
  private final ShardStore store;
  private final HeldShards held;
  private final Transactions transactions;
  private final MonotonicTime time;
  private volatile Moment nextRenewal;
  private volatile Moment heldOffUntil;

  @Inject
  ShardKeeper(
      Ids ids, ShardStore store, HeldShards held, Transactions transactions, MonotonicTime time) {
    this(ids.uuid(), store, held, transactions, time);
  }

  ShardKeeper(
      UUID prober,
      ShardStore store,
      HeldShards held,
      Transactions transactions,
      MonotonicTime time) {
    this.prober = prober;
    this.store = store;
    this.held = held;
    this.transactions = transactions;
    this.time = time;
    this.nextRenewal = time.now();
    this.heldOffUntil = time.now();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  /** The id under which this process holds shards. */
  UUID prober() {
    return prober;
  }

  @Override
  public Uni<Void> run() {
    Moment asked = time.now();
    if (asked.isBefore(heldOffUntil)) {
      return Uni.createFrom().voidItem();
    }
    return transactions
        .write(tx -> store.beat(tx, prober).chain(live -> balance(tx, live, asked)))
        .invoke(round -> note(round, asked))
        .replaceWithVoid();
  }

  /** Gives up all shards at once and takes none for a minute. */
  Uni<Void> giveUp(String reason) {
    LOG.warnf("Giving up all shards for %d s: %s", HOLD_OFF.toSeconds(), reason);
    heldOffUntil = time.now().plus(HOLD_OFF);
    List<Integer> shards = held.all().stream().map(Claim::shard).toList();
    held.drop(shards);
    return transactions.write(
        tx -> store.release(tx, prober, shards).chain(() -> store.leave(tx, prober)));
  }

  private Uni<Round> balance(Tx tx, int live, Moment asked) {
    boolean renewing = !asked.isBefore(nextRenewal);
    Uni<List<Claim>> mine = renewing ? store.renew(tx, prober) : Uni.createFrom().item(held.all());
    return mine.chain(claims ->
        release(tx, claims, live)
            .chain(kept ->
                store
                    .take(tx, prober, ShardPlanner.toTake(kept.size(), live))
                    .map(taken -> new Round(renewing, kept, taken))));
  }

  private Uni<List<Claim>> release(Tx tx, List<Claim> claims, int live) {
    int surplus = ShardPlanner.toRelease(claims.size(), live);
    if (surplus == 0) {
      return Uni.createFrom().item(claims);
    }
    List<Integer> given = claims.stream().limit(surplus).map(Claim::shard).toList();
    held.drop(given);
    return store.release(tx, prober, given).replaceWith(claims.subList(surplus, claims.size()));
  }

  private void note(Round round, Moment asked) {
    if (round.renewed()) {
      nextRenewal = asked.plus(RENEW_EVERY);
      held.keepOnly(round.kept().stream().map(Claim::shard).collect(Collectors.toSet()));
      held.hold(round.kept(), asked);
    }
    if (!asked.isBefore(heldOffUntil)) { // else given up meanwhile: let those leases run out
      held.hold(round.taken(), asked);
    }
  }

  private record Round(boolean renewed, List<Claim> kept, List<Claim> taken) {}
}
