package dev.valet.api.compute.ec2;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time of one call of the port, shared by all calls to EC2 that it takes: a caller's lease is
 * measured for one.
 */
final class TimeBudget {
  /** A call that is given less than this part of the time would only time out. */
  private static final int SMALLEST_PART = 10;

  private final Duration time;
  private final LongSupplier nanoTime;
  private final long started;

  /**
   * Starts now.
   *
   * @param nanoTime a monotonic clock
   */
  TimeBudget(Duration time, LongSupplier nanoTime) {
    this.time = time;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
  }

  Duration left() {
    return time.minusNanos(nanoTime.getAsLong() - started);
  }

  /** Whether another call makes sense. */
  boolean isSpent() {
    return left().compareTo(time.dividedBy(SMALLEST_PART)) < 0;
  }

  /** What became of that which could not be sent. */
  static ComputeException notSent() {
    return new ComputeException(
        ComputeError.THROTTLED,
        "NotSent",
        "not sent to EC2: what came before took all the time of one call",
        null);
  }
}
