package dev.valet.agent.task.capture;

import dev.valet.agent.platform.time.Ticker;
import java.io.IOException;
import java.time.Duration;

/** Until when something must be done. */
final class Deadline {
  private final Ticker ticker;
  private final Duration length;
  private final long began;

  Deadline(Ticker ticker, Duration length) {
    this.ticker = ticker;
    this.length = length;
    this.began = ticker.nanos();
  }

  /**
   * What is left, never zero.
   *
   * @param what is not done yet
   * @throws IOException if nothing is left
   */
  Duration left(String what) throws IOException {
    Duration left = length.minusNanos(ticker.nanos() - began);
    if (!left.isPositive()) {
      throw new IOException(what + " did not happen within " + length.toMillis() + " ms");
    }
    return left;
  }
}
