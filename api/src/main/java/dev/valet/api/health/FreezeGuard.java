package dev.valet.api.health;

import dev.valet.api.health.FreezePlanner.Fleet;
import dev.valet.api.health.FreezePlanner.Judgement;
import dev.valet.api.health.HeldShards.Claim;
import dev.valet.api.health.ResultPlanner.Update;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Looks at the fleet before results are believed: whenever a healthy sandbox would become unhealthy
 * or most of this prober's sandboxes fail.
 */
@ApplicationScoped
class FreezeGuard {
  private final FreezeStore store;
  private final FleetFreeze freeze;
  private final ProbeRegister register;
  private final HeldShards held;
  private final Clock clock;

  FreezeGuard(
      FreezeStore store, FleetFreeze freeze, ProbeRegister register, HeldShards held, Clock clock) {
    this.store = store;
    this.freeze = freeze;
    this.register = register;
    this.held = held;
    this.clock = clock;
  }

  /** Plans a batch of results, with healthy sandboxes held healthy or not. */
  interface Batch {
    List<Update> plan(boolean frozen);
  }

  /** Whether a batch is believed. */
  sealed interface Belief {
    /** It is, and this is what it changes. */
    record Believed(List<Update> updates) implements Belief {}

    /** It is not: this prober is not to be trusted. */
    record Distrusted(String reason) implements Belief {}
  }

  /** Plans the batch as the fleet's state allows; freezes the fleet first if need be. */
  Uni<Belief> examine(Tx tx, Batch batch) {
    return store
        .read(tx)
        .map(state -> batch.plan(isFrozen(state)))
        .chain(updates -> judge(tx, updates).chain(found -> obey(tx, batch, updates, found)));
  }

  private Uni<Belief> obey(Tx tx, Batch batch, List<Update> updates, Judgement judgement) {
    return switch (judgement) {
      case Judgement.Proceed proceed -> Uni.createFrom().item(new Belief.Believed(updates));
      case Judgement.GiveUp(String reason) -> Uni.createFrom().item(new Belief.Distrusted(reason));
      case Judgement.Freeze fault ->
          freeze.start(tx, fault).map(state -> new Belief.Believed(batch.plan(isFrozen(state))));
    };
  }

  private Uni<Judgement> judge(Tx tx, List<Update> updates) {
    Instant before = clock.instant().minus(FleetFreeze.LOOK_BACK);
    List<Probed> mine = withUpdates(updates);
    List<Cohort> own = Cohorts.of(mine, before);
    if (updates.stream().noneMatch(one -> one.plan().isFall()) && !isPattern(own)) {
      return Uni.createFrom().item(new Judgement.Proceed());
    }
    List<Integer> shards = held.all().stream().map(Claim::shard).toList();
    return store
        .others(tx, shards, before)
        .map(others ->
            FreezePlanner.judge(new Fleet(mine.size() + others.probed(), own, others.cohorts())));
  }

  private static boolean isPattern(List<Cohort> own) {
    return Cohort.healthyBefore(own) >= FreezePlanner.FEWEST_OWN && FreezePlanner.mostFail(own);
  }

  private List<Probed> withUpdates(List<Update> updates) {
    Map<UUID, Probed> mine = new HashMap<>();
    register.all().forEach(one -> mine.put(one.target().sandboxId(), one));
    updates.forEach(one -> mine.put(one.after().target().sandboxId(), one.after()));
    return new ArrayList<>(mine.values());
  }

  private boolean isFrozen(FreezeState state) {
    return state.isFrozen(clock.instant());
  }
}
