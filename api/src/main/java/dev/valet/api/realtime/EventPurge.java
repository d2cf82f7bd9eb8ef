package dev.valet.api.realtime;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Loop;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/** Removes events that are too old or too many, oldest first, in batches that lock little. */
@ApplicationScoped
class EventPurge implements Loop {
  private static final int BATCH = 1_000;

  private final Transactions transactions;
  private final StreamStore store;
  private final EventsConfig config;
  private final Clock clock;

  EventPurge(Transactions transactions, StreamStore store, EventsConfig config, Clock clock) {
    this.transactions = transactions;
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "event-purge";
  }

  @Override
  public Duration period() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Uni<Void> run() {
    return transactions
        .write(tx ->
            store.purge(tx, clock.instant().minus(config.keepFor()), config.keepMost(), BATCH))
        .chain(removed -> removed < BATCH ? Uni.createFrom().voidItem() : run());
  }
}
