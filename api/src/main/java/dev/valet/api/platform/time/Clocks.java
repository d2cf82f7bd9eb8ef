package dev.valet.api.platform.time;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;

/** Produces the process' clock. It ticks in microseconds, which is what PostgreSQL keeps. */
class Clocks {
  private static final Duration MICROSECOND = Duration.ofNanos(1_000);

  @Produces
  @DefaultBean
  @ApplicationScoped
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), MICROSECOND);
  }
}
