package dev.valet.agent.platform.time;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Hands the machine's clocks to those that inject them; tests pass their own. */
@Dependent
final class Clocks {
  @Produces
  @Singleton
  Clock wallClock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Ticker ticker() {
    return System::nanoTime;
  }
}
