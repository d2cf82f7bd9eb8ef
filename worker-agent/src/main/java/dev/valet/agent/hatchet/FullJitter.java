package dev.valet.agent.hatchet;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries: anywhere up to a bound that doubles with every failure. A fleet that lost
 * its engine comes back spread out.
 *
 * @param first bound after the first failure
 * @param most largest bound
 */
record FullJitter(Duration first, Duration most) {
  static final FullJitter LINK = new FullJitter(Duration.ofSeconds(1), Duration.ofSeconds(30));
  static final FullJitter RESULTS = new FullJitter(Duration.ofMillis(500), Duration.ofSeconds(10));

  private static final int MOST_DOUBLINGS = 20;
  private static final long LEAST_MILLIS = 20;

  /**
   * The pause.
   *
   * @param failures in a row, from 1
   */
  long millis(int failures, RandomGenerator random) {
    long doubled = first.toMillis() << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    long bound = Math.min(most.toMillis(), doubled);
    return random.nextLong(LEAST_MILLIS, bound + 1);
  }
}
