package dev.valet.api.access;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many refusals go into the audit log: a few of each caller per minute and a bounded number of
 * all, so that nobody can fill the log or the database by being refused. Thread-safe.
 */
final class DenialLimiter {
  static final int PER_CALLER = 10;
  static final int OF_ALL = 300;

  private static final long WINDOW = Duration.ofMinutes(1).toMillis();
  private static final int CALLERS = 10_000;

  private final Clock clock;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private long windowEnds;
  private int all;

  DenialLimiter(Clock clock) {
    this.clock = clock;
  }

  /** Whether one more refusal of this caller is to be recorded. */
  synchronized boolean admit(String principal) {
    long now = clock.millis();
    if (now >= windowEnds) {
      counts.clear();
      all = 0;
      windowEnds = now + WINDOW;
    }
    boolean isKnown = counts.containsKey(principal);
    if (all >= OF_ALL || (!isKnown && counts.size() >= CALLERS)) {
      return false;
    }
    int count = counts.merge(principal, 1, Integer::sum);
    if (count > PER_CALLER) {
      return false;
    }
    all++;
    return true;
  }
}
