package dev.valet.api.health;

import java.time.Duration;

/**
 * How many probes in a row change a verdict.
 *
 * @param failures failed (or impaired) probes until unhealthy (or degraded), 1 to 100
 * @param successes good probes until healthy, 1 to 100
 * @param bootGrace time from the start of a boot in which failures do not count, as long as no
 *     probe of that boot succeeded; zero to 24 hours
 */
public record Thresholds(int failures, int successes, Duration bootGrace) {
  private static final int MOST = 100;
  private static final Duration LONGEST_GRACE = Duration.ofHours(24);

  /** 3 failures, 2 successes, 300 seconds of grace. */
  public static final Thresholds DEFAULT = new Thresholds(3, 2, Duration.ofSeconds(300));

  public Thresholds {
    requireCount("failures", failures);
    requireCount("successes", successes);
    if (bootGrace.isNegative() || bootGrace.compareTo(LONGEST_GRACE) > 0) {
      throw new IllegalArgumentException("bootGrace must be 0 to 24 hours, not " + bootGrace);
    }
  }

  private static void requireCount(String name, int count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(name + " must be 1 to 100, not " + count);
    }
  }
}
