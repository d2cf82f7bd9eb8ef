package dev.valet.api.health;

import dev.valet.api.health.FreezePlanner.Judgement.Freeze;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Loop;
import dev.valet.api.platform.security.Actor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Starts, ends and tells of freezes: times in which no healthy sandbox becomes unhealthy, because
 * the fault is probably not the sandboxes'. A freeze lasts {@code LENGTH}; automatic repair stays
 * braked until an operator releases it (column fleet_freeze.repair_braked).
 */
@ApplicationScoped
public class FleetFreeze implements Loop {
  static final String NAME = "health-freeze";
  static final Duration LENGTH = Duration.ofMinutes(10);

  /** A sandbox counts for the judgement if it was healthy this long ago. */
  static final Duration LOOK_BACK = Duration.ofSeconds(60);

  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final FreezeStore store;
  private final FreezeNews news;
  private final Transactions transactions;
  private final Clock clock;

  FleetFreeze(FreezeStore store, FreezeNews news, Transactions transactions, Clock clock) {
    this.store = store;
    this.news = news;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  /** Ends a freeze whose time is over, and readies for the next once the fleet is well. */
  @Override
  public Uni<Void> run() {
    return transactions.write(tx -> store.read(tx).chain(state -> advance(tx, state)));
  }

  /** Whether automatic repair waits for an operator's release. */
  public Uni<Boolean> repairBraked(Tx tx) {
    return store.read(tx).map(FreezeState::repairBraked);
  }

  /**
   * Lets automatic repair go on; does nothing if it was not braked.
   *
   * @param actor who releases it
   */
  public Uni<Void> release(Tx tx, Actor actor) {
    return store
        .release(tx, clock.instant(), actor.name())
        .chain(released -> released ? news.tell(tx, actor, "fleet.release") : nothing());
  }

  /** Freezes if that is possible, and yields how things stand then. */
  Uni<FreezeState> start(Tx tx, Freeze freeze) {
    Instant now = clock.instant();
    return store
        .start(tx, freeze, now, now.plus(LENGTH))
        .call(started -> started ? news.tell(tx, Actor.system(NAME), "fleet.freeze") : nothing())
        .chain(() -> store.read(tx));
  }

  private Uni<Void> advance(Tx tx, FreezeState state) {
    if (state.isOver(clock.instant())) {
      return move(tx, state, FreezeState.Stage.ENDED);
    }
    if (state.stage() != FreezeState.Stage.ENDED) {
      return nothing();
    }
    return store
        .others(tx, List.of(), clock.instant().minus(LOOK_BACK))
        .chain(fleet ->
            FreezePlanner.mostFail(fleet.cohorts())
                ? nothing()
                : move(tx, state, FreezeState.Stage.IDLE));
  }

  private Uni<Void> move(Tx tx, FreezeState from, FreezeState.Stage to) {
    return store
        .move(tx, from, to)
        .chain(moved ->
            moved && to == FreezeState.Stage.ENDED
                ? news.tell(tx, Actor.system(NAME), "fleet.thaw")
                : nothing());
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
