package dev.valet.api.health;

import dev.valet.api.health.FreezeGuard.Belief;
import dev.valet.api.health.ProbeResults.Result;
import dev.valet.api.health.ResultPlanner.Update;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Loop;
import dev.valet.api.platform.loop.Wakeups;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Draws verdicts from results and stores them, in batches, each in one transaction. What is known
 * in memory moves on after the commit.
 */
@ApplicationScoped
class ResultWriter implements Loop {
  static final String NAME = "health-results";
  private static final Duration PERIOD = Duration.ofMillis(250);
  private static final int BATCH = 500;

  private final ProbeResults results;
  private final ProbeRegister register;
  private final FreezeGuard guard;
  private final FencedWriter writer;
  private final ShardKeeper keeper;
  private final SampleWindow samples;
  private final Transactions transactions;
  private final Wakeups wakeups;

  ResultWriter(
      ProbeResults results,
      ProbeRegister register,
      FreezeGuard guard,
      FencedWriter writer,
      ShardKeeper keeper,
      SampleWindow samples,
      Transactions transactions,
      Wakeups wakeups) {
    this.results = results;
    this.register = register;
    this.guard = guard;
    this.writer = writer;
    this.keeper = keeper;
    this.samples = samples;
    this.transactions = transactions;
    this.wakeups = wakeups;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  /** Writes what is waiting, batch after batch. */
  @Override
  public Uni<Void> run() {
    List<Result> batch = results.take(BATCH);
    if (batch.isEmpty()) {
      return nothing();
    }
    return transactions
        .write(tx -> write(tx, batch))
        .onFailure()
        .invoke(failure -> results.putBack(batch))
        .chain(this::settle)
        .chain(() -> results.size() == 0 ? nothing() : run());
  }

  private Uni<Written> write(Tx tx, List<Result> batch) {
    return guard.examine(tx, frozen -> plan(batch, frozen)).chain(belief -> obey(tx, belief));
  }

  private Uni<Written> obey(Tx tx, Belief belief) {
    return switch (belief) {
      case Belief.Believed(List<Update> updates) ->
          writer.write(tx, updates).map(held -> new Written(held, null));
      case Belief.Distrusted(String reason) ->
          Uni.createFrom().item(new Written(List.of(), reason));
    };
  }

  private List<Update> plan(List<Result> batch, boolean frozen) {
    return batch.stream().map(result -> plan(result, frozen)).filter(Objects::nonNull).toList();
  }

  private @Nullable Update plan(Result result, boolean frozen) {
    Probed known = register.get(result.sandboxId());
    return known != null && result.isFor(known) ? ResultPlanner.plan(known, result, frozen) : null;
  }

  private Uni<Void> settle(Written written) {
    for (Update update : written.updates()) {
      register.advance(update.after());
      samples.add(update);
    }
    if (written.updates().stream().anyMatch(one -> one.plan().isNews())) {
      wakeups.wake(Wakeups.RECONCILER);
    }
    if (written.distrust() == null) {
      return nothing();
    }
    results.clear();
    return keeper.giveUp(written.distrust());
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }

  /** What a batch came to; {@code distrust} says why this prober is not to be believed. */
  private record Written(List<Update> updates, @Nullable String distrust) {}
}
