package dev.valet.api.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock and a monotonic time that move only by hand, together or apart. */
final class SteppedTime extends Clock implements MonotonicTime {
  private volatile Instant instant = Instant.parse("2026-01-01T00:00:00Z");
  private volatile long millis = 1_000_000;

  void step(Duration duration) {
    instant = instant.plus(duration);
    millis += duration.toMillis();
  }

  /** The administrator sets the clock. */
  void jump(Duration duration) {
    instant = instant.plus(duration);
  }

  @Override
  public Moment now() {
    return new Moment(millis);
  }

  @Override
  public Instant instant() {
    return instant;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
