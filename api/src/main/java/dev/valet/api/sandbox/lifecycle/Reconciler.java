package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.ComputeProvider;
import dev.valet.api.compute.Instance;
import dev.valet.api.compute.TagChange;
import dev.valet.api.health.FleetFreeze;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.loop.Loop;
import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.sandbox.lifecycle.Executor.Planned;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Call;
import dev.valet.api.sandbox.lifecycle.SandboxAction.CallEc2;
import dev.valet.api.sandbox.lifecycle.TagExecutor.Tagging;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings sandboxes to their desired state: claims those that are due, asks EC2 about all of them at
 * once, plans each, acts, records. Level-triggered and idempotent; a crash anywhere loses nothing,
 * because the lease expires and the next claim looks at what is.
 */
@ApplicationScoped
class Reconciler implements Loop {
  private static final Logger LOG = Logger.getLogger(Reconciler.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration BLIND = Duration.ofSeconds(5);

  /** A replica stops acting this long before its lease ends. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(5);

  private final ComputeProvider compute;
  private final Transactions transactions;
  private final Contexts contexts;
  private final Wakeups wakeups;
  private final StatusStore statuses;
  private final ClaimStore claims;
  private final Executor executor;
  private final TagExecutor tagging;
  private final DrainExecutor drains;
  private final Recorder recorder;
  private final FleetFreeze freeze;
  private final LifecycleConfig config;
  private final SandboxPlanner planner;
  private final Outcomes outcomes;
  private final InFlight inFlight;
  private final Clock clock;

  Reconciler(
      ComputeProvider compute,
      Transactions transactions,
      Contexts contexts,
      Wakeups wakeups,
      StatusStore statuses,
      ClaimStore claims,
      Executor executor,
      TagExecutor tagging,
      DrainExecutor drains,
      Recorder recorder,
      FleetFreeze freeze,
      LifecycleConfig config,
      Clock clock) {
    this.compute = compute;
    this.transactions = transactions;
    this.contexts = contexts;
    this.wakeups = wakeups;
    this.statuses = statuses;
    this.claims = claims;
    this.executor = executor;
    this.tagging = tagging;
    this.drains = drains;
    this.recorder = recorder;
    this.freeze = freeze;
    this.config = config;
    this.planner = new SandboxPlanner(config);
    this.outcomes = new Outcomes(config);
    this.inFlight = new InFlight(config.concurrency());
    this.clock = clock;
  }

  @Override
  public String name() {
    return Wakeups.RECONCILER;
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  /**
   * One round. It ends when everything is planned: a slow call to EC2 holds up its own sandbox, not
   * the round.
   */
  @Override
  public Uni<Void> run() {
    int room = inFlight.room();
    if (room == 0) {
      return Uni.createFrom().voidItem();
    }
    return claim(room).chain(this::observe).invoke(this::planAll).replaceWithVoid();
  }

  private Uni<List<Claim>> claim(int room) {
    long ends = System.nanoTime() + config.lease().minus(LEASE_MARGIN).toNanos();
    return transactions.write(tx ->
        statuses
            .claim(tx, clock.instant(), room, config.lease())
            .chain(ids -> ids.isEmpty() ? nothing() : load(tx, ids, ends)));
  }

  private Uni<List<Claim>> load(Tx tx, List<UUID> ids, long ends) {
    return freeze.repairBraked(tx).chain(braked -> claims.load(tx, ids, ends, braked));
  }

  private static Uni<List<Claim>> nothing() {
    return Uni.createFrom().item(List.of());
  }

  private Uni<List<Claim>> observe(List<Claim> claimed) {
    List<String> ids = claimed.stream().map(Claim::instanceId).filter(id -> id != null).toList();
    if (ids.isEmpty()) {
      return Uni.createFrom().item(claimed);
    }
    return compute
        .describe(ids)
        .map(instances -> seen(claimed, instances))
        .onFailure()
        .recoverWithUni(failure -> blind(claimed, failure));
  }

  private List<Claim> seen(List<Claim> claimed, List<Instance> instances) {
    Instant now = clock.instant();
    Map<String, Instance> byId =
        instances.stream()
            .collect(Collectors.toMap(Instance::instanceId, Function.identity(), (a, b) -> b));
    return claimed.stream()
        .map(claim ->
            claim.instanceId() == null ? claim : claim.seen(byId.get(claim.instanceId()), now))
        .toList();
  }

  /** EC2 does not answer: nothing is planned for what it would have to be asked about. */
  private Uni<List<Claim>> blind(List<Claim> claimed, Throwable failure) {
    LOG.warnf("EC2 does not answer DescribeInstances: %s", failure.getMessage());
    List<Claim> launched = claimed.stream().filter(one -> one.instanceId() != null).toList();
    return transactions
        .write(tx -> statuses.backOff(tx, launched, BLIND))
        .replaceWith(claimed.stream().filter(one -> one.instanceId() == null).toList());
  }

  private void planAll(List<Claim> claimed) {
    Instant now = clock.instant();
    Map<Call, List<Planned>> calls = new EnumMap<>(Call.class);
    Map<TagChange, List<Tagging>> tags = new HashMap<>();
    List<Claim> idle = new ArrayList<>();
    List<Instant> idleUntil = new ArrayList<>();
    for (Claim claim : claimed) {
      SandboxAction action = planner.plan(claim.desired(), claim.observed(), now);
      switch (action) {
        case CallEc2 call ->
            calls
                .computeIfAbsent(call.call(), kind -> new ArrayList<>())
                .add(new Planned(claim, call));
        case SandboxAction.SendLaunch send ->
            start(1, () -> executor.launch(claim, send.attempt()).chain(o -> finish(claim, o)));
        case SandboxAction.FindLaunch find ->
            start(1, () -> executor.find(claim, find.attempt()).chain(o -> finish(claim, o)));
        case SandboxAction.Drain drain ->
            start(1, () -> drains.drain(claim, drain.phase()).chain(o -> finish(claim, o)));
        case SandboxAction.Resume resume ->
            start(1, () -> drains.resume(claim, resume.phase()).chain(o -> finish(claim, o)));
        case SandboxAction.SetTags set ->
            tags.computeIfAbsent(set.change(), change -> new ArrayList<>())
                .add(new Tagging(claim, set));
        default -> {
          Outcome outcome = outcomeOf(claim, action, now);
          if (Recorder.unchanged(claim, outcome)) {
            idle.add(claim);
            idleUntil.add(now.plus(outcome.again()));
          } else {
            start(1, () -> finish(claim, outcome));
          }
        }
      }
    }
    calls.forEach((call, planned) -> start(planned.size(), () -> callAll(call, planned)));
    tags.forEach((change, planned) -> start(planned.size(), () -> tagAll(change, planned)));
    if (!idle.isEmpty()) {
      start(0, () -> recorder.release(idle, idleUntil));
    }
  }

  private Outcome outcomeOf(Claim claim, SandboxAction action, Instant now) {
    return switch (action) {
      case SandboxAction.Settle settle -> outcomes.settled(claim, settle, now);
      case SandboxAction.Wait wait -> outcomes.waiting(claim, wait, now);
      case SandboxAction.Move move -> outcomes.moved(claim, move.to(), move.reason(), now);
      case SandboxAction.Repair repair -> outcomes.repairing(claim, repair, now);
      case SandboxAction.Tell tell -> outcomes.telling(claim, tell, now);
      case SandboxAction.OpenLaunch open -> outcomes.opening(claim, open.then(), now);
      case SandboxAction.AbandonLaunch abandon -> outcomes.abandoned(claim, abandon.attempt(), now);
      case SandboxAction.SendLaunch send -> throw needsCall(send);
      case SandboxAction.FindLaunch find -> throw needsCall(find);
      case SandboxAction.SetTags set -> throw needsCall(set);
      case SandboxAction.Drain drain -> throw needsCall(drain);
      case SandboxAction.Resume resume -> throw needsCall(resume);
      case CallEc2 call -> throw needsCall(call);
    };
  }

  private static IllegalStateException needsCall(SandboxAction action) {
    return new IllegalStateException("needs a call: " + action);
  }

  private Uni<Void> tagAll(TagChange change, List<Tagging> planned) {
    return executor
        .stillMine(planned, Tagging::claim)
        .chain(mine -> mine.isEmpty() ? Uni.createFrom().voidItem() : tagMine(change, mine));
  }

  private Uni<Void> tagMine(TagChange change, List<Tagging> mine) {
    return tagging
        .apply(change, mine)
        .invoke(results ->
            mine.forEach(one -> start(0, () -> finish(one.claim(), tagging.outcome(one, results)))))
        .replaceWithVoid();
  }

  private Uni<Void> callAll(Call call, List<Planned> planned) {
    return executor
        .stillMine(planned, Planned::claim)
        .chain(mine -> mine.isEmpty() ? Uni.createFrom().voidItem() : callMine(call, mine));
  }

  private Uni<Void> callMine(Call call, List<Planned> mine) {
    return executor
        .call(call, mine.stream().map(one -> one.claim().instanceId()).toList())
        .invoke(results ->
            mine.forEach(
                one -> start(0, () -> finish(one.claim(), executor.outcome(one, results)))))
        .replaceWithVoid();
  }

  private Uni<Void> finish(Claim claim, @Nullable Outcome outcome) {
    if (outcome == null) {
      return Uni.createFrom().voidItem();
    }
    return recorder
        .record(claim, outcome)
        .invoke(() -> {
          if (outcome.again().isZero()) {
            wakeups.wake(Wakeups.RECONCILER);
          }
        });
  }

  /** Runs work on a context of its own; the claims that it holds count until it ends. */
  private void start(int weight, Supplier<Uni<Void>> work) {
    inFlight.add(weight);
    contexts
        .fresh(work)
        .onTermination()
        .invoke(() -> inFlight.remove(weight))
        .subscribe()
        .with(
            done -> {},
            failure -> LOG.warn("A reconciliation failed; its lease runs out", failure));
  }

  /** Number of sandboxes being worked on; for tests and metrics. */
  int busy() {
    return inFlight.count();
  }
}
