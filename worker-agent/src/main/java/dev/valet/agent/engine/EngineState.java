package dev.valet.agent.engine;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an engine; changes by its methods only.
 *
 * @param verdict whether it works
 * @param failures in a row
 * @param sinceNanos when the verdict was last confirmed
 * @param stamp of the installation that the verdict is about
 * @param detail why it does not work; null if it does or nobody tried
 * @param version of the browser; null until one told it
 */
record EngineState(
    Verdict verdict,
    int failures,
    long sinceNanos,
    String stamp,
    @Nullable String detail,
    @Nullable String version) {

  /** Whether it works. */
  enum Verdict {
    UNTRIED,
    WORKS,
    FAILED
  }

  static EngineState untried(long now) {
    return new EngineState(Verdict.UNTRIED, 0, now, "", null, null);
  }

  EngineState worked(String of, @Nullable String told, long now) {
    return new EngineState(Verdict.WORKS, 0, now, of, null, told == null ? version : told);
  }

  EngineState failed(String of, String why, long now) {
    return new EngineState(Verdict.FAILED, failures + 1, now, of, why, version);
  }
}
