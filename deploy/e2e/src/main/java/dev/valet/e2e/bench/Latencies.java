package dev.valet.e2e.bench;

import java.util.Arrays;
import java.util.Locale;

/** Times of requests in nanoseconds, each from when it should have been sent. */
record Latencies(long[] sorted) {
  private static final double NANOS = 1e6;

  static Latencies of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Latencies(sorted);
  }

  /** The time in milliseconds within which this share of the requests was answered. */
  double percentile(double share) {
    int rank = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, rank)] / NANOS;
  }

  double max() {
    return sorted[sorted.length - 1] / NANOS;
  }

  /** p50, p99 and the longest, for a row of a Markdown table. */
  String cells() {
    return String.format(
        Locale.ROOT, "%.1f | %.1f | %.1f", percentile(0.5), percentile(0.99), max());
  }
}
