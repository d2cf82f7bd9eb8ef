package dev.valet.local.supervisor;

import java.time.Duration;

/**
 * How long to wait before a dead part is started again: one second, doubled with every death that
 * follows soon, at most half a minute. A part that ran for a while starts afresh.
 *
 * @param deaths how many times in a row it died soon after its start
 */
record Backoff(int deaths) {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Duration STABLE = Duration.ofMinutes(2);
  private static final int MOST_DOUBLINGS = 5;

  static final Backoff NONE = new Backoff(0);

  /** After one more death. */
  Backoff afterDeath(Duration ranFor) {
    return new Backoff(ranFor.compareTo(STABLE) >= 0 ? 1 : Math.min(deaths, 1_000) + 1);
  }

  /** The wait before the next start. */
  Duration delay() {
    if (deaths == 0) {
      return Duration.ZERO;
    }
    Duration doubled = FIRST.multipliedBy(1L << Math.min(deaths - 1, MOST_DOUBLINGS));
    return doubled.compareTo(MOST) > 0 ? MOST : doubled;
  }
}
