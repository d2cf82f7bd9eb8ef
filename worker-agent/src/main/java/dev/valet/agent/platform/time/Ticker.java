package dev.valet.agent.platform.time;

/**
 * Monotonic time for durations. A sandbox's wall clock often jumps right after boot, when NTP
 * corrects it; uptimes and rates must not.
 */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary moment; never goes back. */
  long nanos();
}
