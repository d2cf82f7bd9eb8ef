package dev.valet.agent.platform;

import dev.valet.agent.platform.time.Ticker;
import java.time.Duration;

/**
 * What stays the same for the life of this process.
 *
 * @param bootId random per process
 * @param version of the agent
 * @param ticker measures the uptime
 * @param startedNanos the ticker when the process started
 */
public record ProcessFacts(String bootId, String version, Ticker ticker, long startedNanos) {

  /** Time since the process started. */
  public Duration uptime() {
    return Duration.ofNanos(ticker.nanos() - startedNanos);
  }
}
