package dev.valet.api.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How far back samples go: tables {@code health_sample} (minutes) and {@code health_sample_hour},
 * of which the latter lacks the hours in {@code health_hour_due}. For features above that show
 * them.
 */
@ApplicationScoped
public class SampleHistory {
  private final HealthConfig config;
  private final Clock clock;

  SampleHistory(HealthConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** How long minutes are kept. */
  public Duration minutesKept() {
    return config.sampleRetention();
  }

  /** Before this, there may be no minutes any more. */
  public Instant oldestMinute() {
    return clock.instant().minus(config.sampleRetention());
  }
}
