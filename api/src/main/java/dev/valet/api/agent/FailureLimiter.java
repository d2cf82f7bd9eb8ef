package dev.valet.api.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failed credentials by client address: after {@code BURST} of them an address must wait.
 * Only a guard of the database and the logs; 256 bits cannot be guessed. Successes cost nothing, so
 * that agents behind one address do not hinder each other. In memory, at most {@code ADDRESSES}.
 * Thread-safe.
 */
final class FailureLimiter {
  static final int BURST = 30;
  static final Duration REFILL = Duration.ofSeconds(2);
  static final int ADDRESSES = 10_000;

  private final Map<String, Failures> byAddress = new LinkedHashMap<>(64, 0.75f, true);

  /** Failures that count at a time; one is forgiven every {@code REFILL}. */
  private record Failures(int count, Instant at) {
    Failures forgiven(Instant now) {
      long periods = Math.max(0, Duration.between(at, now).dividedBy(REFILL));
      return periods == 0
          ? this
          : new Failures((int) Math.max(0, count - periods), at.plus(REFILL.multipliedBy(periods)));
    }
  }

  /** Whether the address may try. */
  synchronized boolean mayTry(String address, Instant now) {
    Failures failures = byAddress.get(address);
    return failures == null || failures.forgiven(now).count() < BURST;
  }

  synchronized void failed(String address, Instant now) {
    byAddress.merge(
        address,
        new Failures(1, now),
        (old, one) -> {
          Failures left = old.forgiven(now);
          return new Failures(
              Math.min(BURST, left.count() + 1), left.count() == 0 ? now : left.at());
        });
    if (byAddress.size() > ADDRESSES) {
      byAddress.remove(byAddress.keySet().iterator().next());
    }
  }
}
