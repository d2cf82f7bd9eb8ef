package dev.valet.api.platform.outbox;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Loop;
import dev.valet.api.platform.loop.Wakeups;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Moves events from the outbox into the stream, numbered without gaps in the order of commits.
 * Every replica relays; the row of the head lets one at a time do it. Woken after this replica's
 * own commits; the tick is for those of a replica that died in between.
 */
@ApplicationScoped
public class EventRelay implements Loop {
  /** The PostgreSQL channel on which every batch is told, with the head as payload. */
  public static final String CHANNEL = "valet_event";

  private static final int BATCH = 500;

  private final Transactions transactions;
  private final RelayStore store;
  private final Wakeups wakeups;
  private final Clock clock;
  private final DistributionSummary batches;
  private final Timer lag;

  EventRelay(
      Transactions transactions,
      RelayStore store,
      Wakeups wakeups,
      Clock clock,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.store = store;
    this.wakeups = wakeups;
    this.clock = clock;
    this.batches = metrics.summary("valet.events.relay.batch");
    this.lag = metrics.timer("valet.events.relay.lag");
  }

  @Override
  public String name() {
    return Wakeups.EVENT_RELAY;
  }

  @Override
  public Duration period() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Uni<Void> run() {
    return store.hasWork().chain(found -> found ? relay() : Uni.createFrom().voidItem());
  }

  private Uni<Void> relay() {
    return transactions
        .write(this::batch)
        .invoke(this::report)
        .chain(moved -> moved.size() < BATCH ? Uni.createFrom().voidItem() : relay());
  }

  private Uni<List<Instant>> batch(Tx tx) {
    return store
        .lockHead(tx)
        .chain(head ->
            store
                .move(tx, head, BATCH)
                .call(
                    moved -> moved.isEmpty() ? nothing() : store.setHead(tx, head + moved.size())));
  }

  private void report(List<Instant> moved) {
    wakeups.wake(Wakeups.EVENT_FANOUT);
    batches.record(moved.size());
    Instant now = clock.instant();
    moved.forEach(at -> lag.record(Duration.between(at, now)));
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
