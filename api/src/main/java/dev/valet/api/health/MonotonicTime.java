package dev.valet.api.health;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Time that never jumps, for leases and for the rhythm of probes. The wall clock is for what people
 * and the database see.
 */
interface MonotonicTime {
  /** Now. */
  Moment now();

  /** A point in this process' time, in milliseconds from an arbitrary zero. */
  record Moment(long millis) {
    Moment plus(Duration duration) {
      return new Moment(millis + duration.toMillis());
    }

    boolean isBefore(Moment other) {
      return millis < other.millis;
    }

    Duration since(Moment earlier) {
      return Duration.ofMillis(millis - earlier.millis);
    }
  }

  /** The process' own. */
  @Singleton
  @DefaultBean
  class Process implements MonotonicTime {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private final long zero = System.nanoTime();

    @Override
    public Moment now() {
      return new Moment((System.nanoTime() - zero) / NANOS_PER_MILLI);
    }
  }
}
