package dev.valet.agent.platform;

import dev.valet.agent.platform.time.Ticker;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How long nothing was heard of the API; a process begins as if it had just heard of it. */
@Singleton
public final class ApiSilence {
  private final Ticker ticker;
  private volatile long heardNanos;

  /** By this ticker. */
  public ApiSilence(Ticker ticker) {
    this.ticker = ticker;
    this.heardNanos = ticker.nanos();
  }

  /** The API knows this agent: it answered a contact, or sent a signed command. */
  public void heard() {
    heardNanos = ticker.nanos();
  }

  /** Time since then. */
  public Duration length() {
    return Duration.ofNanos(ticker.nanos() - heardNanos);
  }
}
