package dev.valet.agent.sysmetrics;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * CPU time of all cores since boot, out of the first line of {@code /proc/stat}.
 *
 * @param busy time that was neither idle nor waiting for I/O, in clock ticks
 * @param total all time, in clock ticks
 */
record CpuTimes(long busy, long total) {
  /** user nice system idle iowait irq softirq steal; guest times are part of user and nice. */
  private static final int FIELDS = 8;

  private static final int IDLE = 3;
  private static final int IOWAIT = 4;

  /** Reads the line {@code cpu 1 2 3 ...}; empty if it is something else. */
  static Optional<CpuTimes> parse(String line) {
    String[] words = line.strip().split("\\s+", -1);
    if (!words[0].equals("cpu") || words.length <= IDLE + 1) {
      return Optional.empty();
    }
    long total = 0;
    long idle = 0;
    try {
      for (int field = 0; field < FIELDS && field + 1 < words.length; field++) {
        long ticks = Long.parseLong(words[field + 1]);
        total += ticks;
        idle += field == IDLE || field == IOWAIT ? ticks : 0;
      }
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    return Optional.of(new CpuTimes(total - idle, total));
  }

  /**
   * Share of all cores that was busy since an earlier reading, 0 to 1. Empty when no time has
   * passed or the counters went back, as they do when a virtual machine is moved.
   */
  OptionalDouble shareSince(CpuTimes earlier) {
    long elapsed = total - earlier.total;
    if (elapsed <= 0) {
      return OptionalDouble.empty();
    }
    double share = (double) (busy - earlier.busy) / elapsed;
    return OptionalDouble.of(Math.clamp(share, 0.0, 1.0));
  }
}
