package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.agent.AgentCommands;
import dev.valet.api.compute.ComputeProvider;
import dev.valet.api.compute.Ownership;
import dev.valet.api.health.FleetFreeze;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.loop.Wakeups;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** The real beans from which tests build reconcilers over an EC2 of their own. */
@ApplicationScoped
public class LifecycleBeans {
  private static final int MOST_ROUNDS = 40;
  private static final Duration BETWEEN = Duration.ofMillis(25);

  private final Transactions transactions;
  private final Contexts contexts;
  private final Wakeups wakeups;
  private final Reads reads;
  private final StatusStore statuses;
  private final ClaimStore claims;
  private final Launches launches;
  private final Ownership ownership;
  private final Recorder recorder;
  private final FleetFreeze freeze;
  private final AgentCommands agents;
  private final LifecycleConfig config;
  private final Clock clock;

  LifecycleBeans(
      Transactions transactions,
      Contexts contexts,
      Wakeups wakeups,
      Reads reads,
      StatusStore statuses,
      ClaimStore claims,
      Launches launches,
      Ownership ownership,
      Recorder recorder,
      FleetFreeze freeze,
      AgentCommands agents,
      LifecycleConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.contexts = contexts;
    this.wakeups = wakeups;
    this.reads = reads;
    this.statuses = statuses;
    this.claims = claims;
    this.launches = launches;
    this.ownership = ownership;
    this.recorder = recorder;
    this.freeze = freeze;
    this.agents = agents;
    this.config = config;
    this.clock = clock;
  }

  /** A replica's reconciler. */
  Reconciler reconciler(ComputeProvider compute) {
    return reconciler(compute, clock);
  }

  /** One that lives in a time of its own. */
  Reconciler reconciler(ComputeProvider compute, Clock clock) {
    return new Reconciler(
        compute,
        transactions,
        contexts,
        wakeups,
        statuses,
        claims,
        new Executor(compute, transactions, statuses, launches, ownership, config, clock),
        new TagExecutor(compute, config, clock),
        new DrainExecutor(agents, config, clock),
        recorder,
        freeze,
        config,
        clock);
  }

  /** Rounds of one replica over this EC2, until the sandbox is in a phase and settled there. */
  public void untilPhase(ComputeProvider compute, UUID sandboxId, String phase) {
    Reconciler reconciler = reconciler(compute);
    until(
        reconciler,
        sandboxId,
        () ->
            phase.equals(
                text("SELECT phase FROM sandbox_status WHERE sandbox_id = $1", sandboxId)));
    rounds(reconciler, sandboxId, 4);
  }

  /** Rounds of one replica over this EC2, until an operation on the sandbox has ended. */
  public void untilOperationEnds(ComputeProvider compute, UUID sandboxId, UUID operation) {
    until(
        reconciler(compute),
        sandboxId,
        () -> !text("SELECT ended_at FROM operation WHERE id = $1", operation).equals("null"));
  }

  /** Only this sandbox is due, and nobody holds it. */
  void onlyDue(UUID sandboxId) {
    write(tx ->
        tx.update(
            """
            UPDATE sandbox_status SET lease_token = NULL,
              lease_until = CASE WHEN sandbox_id = $1 THEN NULL ELSE 'infinity'::timestamptz END,
              reconcile_after = CASE WHEN sandbox_id = $1 THEN '-infinity'::timestamptz
                ELSE reconcile_after END
            """,
            sandboxId));
  }

  /** Lets a sandbox be looked at again and again, whatever its back-off, until it is as wanted. */
  void until(Reconciler reconciler, UUID sandboxId, BooleanSupplier wanted) {
    for (int i = 0; i < MOST_ROUNDS; i++) {
      onlyDue(sandboxId);
      await(reconciler::run);
      settle(reconciler);
      if (wanted.getAsBoolean()) {
        return;
      }
    }
    throw new AssertionError("not as wanted after " + MOST_ROUNDS + " rounds");
  }

  /** Lets so many rounds pass. */
  void rounds(Reconciler reconciler, UUID sandboxId, int count) {
    int[] done = {0};
    until(reconciler, sandboxId, () -> ++done[0] == count);
  }

  /** A round's work goes on after it; it is real work of a real database. */
  private static void settle(Reconciler reconciler) {
    do {
      LockSupport.parkNanos(BETWEEN.toNanos());
    } while (reconciler.busy() > 0);
  }

  /** Work on a context of its own, as another replica would do it at the same time. */
  public <T> Uni<T> elsewhere(Supplier<Uni<T>> work) {
    return contexts.fresh(work);
  }

  /** Does work on a context of its own. */
  public <T> T await(Supplier<Uni<T>> work) {
    return contexts.fresh(work).await().atMost(Duration.ofSeconds(20));
  }

  /** Runs a change. */
  public <T> T write(Function<Tx, Uni<T>> work) {
    return await(() -> transactions.write(work));
  }

  List<String> texts(String sql, Object... parameters) {
    return await(() -> reads.list(sql, row -> String.valueOf(row.getValue(0)), parameters));
  }

  /** The first column of a query's first row, as text. */
  public String text(String sql, Object... parameters) {
    return texts(sql, parameters).getFirst();
  }
}
