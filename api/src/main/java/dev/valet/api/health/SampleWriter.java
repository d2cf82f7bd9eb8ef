package dev.valet.api.health;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Loop;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Stores samples whose minute is over. */
@ApplicationScoped
class SampleWriter implements Loop {
  static final String NAME = "health-samples";
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final int BATCH = 500;

  private final SampleWindow window;
  private final SampleStore store;
  private final Transactions transactions;
  private final Clock clock;

  SampleWriter(SampleWindow window, SampleStore store, Transactions transactions, Clock clock) {
    this.window = window;
    this.store = store;
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

  @Override
  public Uni<Void> run() {
    List<Sample> batch = window.takeClosed(clock.instant(), BATCH);
    if (batch.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return transactions
        .write(tx -> store.insert(tx, batch))
        .onFailure()
        .invoke(failure -> window.putBack(batch))
        .chain(this::run);
  }
}
