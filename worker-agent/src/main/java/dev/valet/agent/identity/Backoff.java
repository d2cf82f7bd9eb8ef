package dev.valet.agent.identity;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try. A fleet that lost its API comes back spread out, since
 * every wait is random.
 *
 * @param least shortest wait
 * @param most longest wait while the API is unavailable
 * @param afterRefusal wait after a refusal, which time alone does not cure
 */
record Backoff(Duration least, Duration most, Duration afterRefusal) {
  static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60));

  private static final int MAX_DOUBLINGS = 20;

  /**
   * Wait while the API is unavailable: anywhere from {@code least} to a bound that doubles with
   * every failure, up to {@code most}.
   *
   * @param failures failures in a row, from 1
   */
  Duration unavailable(int failures, RandomGenerator random) {
    long doubled = least.toMillis() << Math.clamp(failures, 1, MAX_DOUBLINGS);
    long bound = Math.min(most.toMillis(), doubled);
    return Duration.ofMillis(random.nextLong(least.toMillis(), bound + 1));
  }

  /** Wait after a refusal: {@code afterRefusal}, a tenth more or less. */
  Duration refused(RandomGenerator random) {
    long middle = afterRefusal.toMillis();
    long spread = middle / 10;
    return Duration.ofMillis(random.nextLong(middle - spread, middle + spread + 1));
  }
}
