package dev.valet.api.access;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The access version as this replica last saw it. Requests may go by one that is up to three
 * seconds old: that keeps them off the database, and a revoked grant still bites within five.
 */
@ApplicationScoped
class AccessVersion {
  /** Younger than this, nobody asks. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** Younger than this, one request asks and the others go by what is known. */
  private static final Duration USABLE = Duration.ofSeconds(3);

  private final AccessVersionStore store;
  private final Clock clock;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile @Nullable Seen seen;

  AccessVersion(AccessVersionStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  private record Seen(long version, Instant at) {
    /** A clock that was set back makes it old, not young. */
    boolean isYounger(Duration age, Instant now) {
      return !now.isBefore(at) && now.isBefore(at.plus(age));
    }
  }

  /** At most three seconds old. */
  Uni<Long> recent() {
    Seen known = seen;
    Instant now = clock.instant();
    if (known == null || !known.isYounger(USABLE, now)) {
      return read();
    }
    if (known.isYounger(FRESH, now) || !asking.compareAndSet(false, true)) {
      return Uni.createFrom().item(known.version());
    }
    return read().onTermination().invoke(() -> asking.set(false));
  }

  /** As the database has it now. */
  Uni<Long> read() {
    return Uni.createFrom()
        .deferred(() -> {
          Instant asked = clock.instant();
          return store.read().invoke(version -> seen = new Seen(version, asked));
        });
  }

  /** The next request asks: for the replica that has just changed something. */
  void forget() {
    seen = null;
  }
}
