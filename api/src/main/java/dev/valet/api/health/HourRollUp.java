package dev.valet.api.health;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Leases;
import dev.valet.api.platform.loop.Loop;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Rolls minutes up to hours once the hour is over, and again whenever minutes came late. An hour is
 * a transaction of its own.
 */
@ApplicationScoped
class HourRollUp implements Loop {
  static final String NAME = "health-roll-up";
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** The last minutes of an hour are written a few seconds after it. */
  private static final Duration SETTLING = Duration.ofMinutes(1);

  private static final int BATCH = 12;

  private final HourStore store;
  private final Transactions transactions;
  private final Leases leases;
  private final Clock clock;

  HourRollUp(HourStore store, Transactions transactions, Leases leases, Clock clock) {
    this.store = store;
    this.transactions = transactions;
    this.leases = leases;
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
    return leases.alone(NAME, LONGEST, this::rollUp);
  }

  private Uni<Void> rollUp() {
    return store.due(clock.instant().minus(SETTLING), BATCH).chain(this::each);
  }

  private Uni<Void> each(List<Instant> hours) {
    return Multi.createFrom()
        .iterable(hours)
        .onItem()
        .transformToUniAndConcatenate(hour -> transactions.write(tx -> store.rollUp(tx, hour)))
        .collect()
        .last()
        .replaceWithVoid();
  }
}
