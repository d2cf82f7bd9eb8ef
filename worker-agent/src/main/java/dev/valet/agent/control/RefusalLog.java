package dev.valet.agent.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Logs refused requests, but no more than a few a minute: whoever sends them must not fill disks.
 */
final class RefusalLog {
  static final int MOST_PER_MINUTE = 20;
  private static final Logger LOG = Logger.getLogger(RefusalLog.class);

  private final Clock clock;
  private Instant minute = Instant.EPOCH;
  private int count;

  RefusalLog(Clock clock) {
    this.clock = clock;
  }

  /** Both texts without secrets; {@code what} is of a closed set. */
  synchronized void refused(String what, String reason) {
    Instant now = clock.instant();
    if (now.isAfter(minute.plus(Duration.ofMinutes(1))) || now.isBefore(minute)) {
      minute = now;
      count = 0;
    }
    count++;
    if (count < MOST_PER_MINUTE) {
      LOG.warnf("%s refused: %s", what, reason);
    } else if (count == MOST_PER_MINUTE) {
      LOG.warnf("%s refused: %s (and no more of these for a minute)", what, reason);
    }
  }
}
