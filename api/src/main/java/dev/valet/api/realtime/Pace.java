package dev.valet.api.realtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A socket's time limits. Plain Java on a monotonic clock, so that tests need no waiting.
 *
 * <p>Times are in nanoseconds, as {@link System#nanoTime()}.
 */
final class Pace {
  /** Messages that a client may send in {@link #WINDOW}: it has one thing to say. */
  private static final int MOST_MESSAGES = 20;

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int MISSED_PINGS = 3;

  private final Limits limits;
  private final long opened;
  private long heartbeat;
  private long heard;
  private long windowStart;
  private int messages;

  /** The configured limits. */
  record Limits(Duration heartbeat, Duration subscribeWithin, Duration stall) {}

  Pace(Limits limits, long now) {
    this.limits = limits;
    opened = now;
    heartbeat = now;
    heard = now;
    windowStart = now;
  }

  /** The client answered a ping. */
  void heard(long now) {
    heard = now;
  }

  /** Counts a message of the client: false if it is one too many. */
  boolean message(long now) {
    heard = now;
    if (over(windowStart, WINDOW, now)) {
      windowStart = now;
      messages = 0;
    }
    messages++;
    return messages <= MOST_MESSAGES;
  }

  /** Whether a heartbeat is due; if so, the next one is due a period later. */
  boolean beat(long now) {
    boolean due = over(heartbeat, limits.heartbeat(), now);
    if (due) {
      heartbeat = now;
    }
    return due;
  }

  /**
   * Why the socket must be closed.
   *
   * @param subscribed whether the client has subscribed
   * @param sendingSince since when something is on its way to the client; null if nothing is
   */
  @Nullable Verdict verdict(long now, boolean subscribed, @Nullable Long sendingSince) {
    if (sendingSince != null && over(sendingSince, limits.stall(), now)) {
      return new Verdict(CloseCode.TOO_SLOW, "Nothing was received for " + limits.stall());
    }
    if (!subscribed && over(opened, limits.subscribeWithin(), now)) {
      return new Verdict(CloseCode.TIMEOUT, "No subscription within " + limits.subscribeWithin());
    }
    return over(heard, limits.heartbeat().multipliedBy(MISSED_PINGS), now)
        ? new Verdict(CloseCode.TIMEOUT, "No answer to " + MISSED_PINGS + " pings")
        : null;
  }

  /** A reason to close. */
  record Verdict(CloseCode code, String reason) {}

  private static boolean over(long since, Duration limit, long now) {
    return now - since >= limit.toNanos();
  }
}
