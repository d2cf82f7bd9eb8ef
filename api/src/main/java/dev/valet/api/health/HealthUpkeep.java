package dev.valet.api.health;

import dev.valet.api.health.MonotonicTime.Moment;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Loop;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Makes partitions for samples ahead and removes what is too old. Ticks often but works hourly, so
 * that a fresh start after a long pause has its partitions before the first sample.
 */
@ApplicationScoped
class HealthUpkeep implements Loop {
  static final String NAME = "health-upkeep";
  private static final Logger LOG = Logger.getLogger(HealthUpkeep.class);
  private static final Duration PERIOD = Duration.ofSeconds(20);
  private static final Duration WORK_EVERY = Duration.ofHours(1);
  private static final int WEEKS_AHEAD = 4;
  private static final int MONTHS_AHEAD = 2;
  private static final int BATCH = 5_000;

  private final SampleStore samples;
  private final HourStore hours;
  private final VerdictHistoryStore history;
  private final Transactions transactions;
  private final HealthConfig config;
  private final Clock clock;
  private final MonotonicTime time;
  private volatile Moment nextWork;

  HealthUpkeep(
      SampleStore samples,
      HourStore hours,
      VerdictHistoryStore history,
      Transactions transactions,
      HealthConfig config,
      Clock clock,
      MonotonicTime time) {
    this.samples = samples;
    this.hours = hours;
    this.history = history;
    this.transactions = transactions;
    this.config = config;
    this.clock = clock;
    this.time = time;
    this.nextWork = time.now();
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
    if (time.now().isBefore(nextWork)) {
      return Uni.createFrom().voidItem();
    }
    return transactions
        .write(this::keepWeeks)
        .chain(() -> transactions.write(this::keepMonths))
        .chain(this::forgetHistory)
        .invoke(() -> nextWork = time.now().plus(WORK_EVERY));
  }

  private Uni<Void> keepWeeks(Tx tx) {
    Instant before = clock.instant().minus(config.sampleRetention());
    return samples
        .makeAhead(tx, WEEKS_AHEAD)
        .chain(made -> samples.dropOld(tx, before))
        .invoke(dropped -> {
          if (dropped > 0) {
            LOG.infof("Dropped %d weeks of samples from before %s", dropped, before);
          }
        })
        .replaceWithVoid();
  }

  private Uni<Void> keepMonths(Tx tx) {
    Instant before = clock.instant().minus(config.hourRetention());
    return hours
        .makeAhead(tx, MONTHS_AHEAD)
        .chain(made -> hours.dropOld(tx, before))
        .invoke(dropped -> {
          if (dropped > 0) {
            LOG.infof("Dropped %d months of hours from before %s", dropped, before);
          }
        })
        .replaceWithVoid();
  }

  /** Bit by bit, so that no transaction is long. */
  private Uni<Void> forgetHistory() {
    Instant before = clock.instant().minus(config.historyRetention());
    return transactions
        .write(tx -> history.forget(tx, before, BATCH))
        .chain(count -> count < BATCH ? Uni.createFrom().voidItem() : forgetHistory());
  }
}
