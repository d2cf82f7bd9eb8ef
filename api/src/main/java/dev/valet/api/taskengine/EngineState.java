package dev.valet.api.taskengine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How asking the engine has gone so far.
 *
 * @param answeredAt when it answered last; null if never
 * @param triedAt when it was asked last; null if never
 * @param failures in a row, of those times that it was really asked
 */
record EngineState(@Nullable Instant answeredAt, @Nullable Instant triedAt, int failures) {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration UNBROKEN = Duration.ofSeconds(60);
  private static final int MOST_DOUBLINGS = 3;

  /** Whether it is time to ask: an engine that does not answer is asked ever less often. */
  boolean isDue(Instant now) {
    if (failures == 0 || triedAt == null) {
      return true;
    }
    Duration doubled = Duration.ofSeconds(5L << Math.min(failures, MOST_DOUBLINGS));
    Duration pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return !now.isBefore(triedAt.plus(pause));
  }

  /** Whether an answer now follows the last one closely, so that what lasted can be told. */
  boolean isUnbroken(Instant now) {
    return failures == 0 && answeredAt != null && now.isBefore(answeredAt.plus(UNBROKEN));
  }
}
