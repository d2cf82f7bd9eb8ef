package dev.valet.api.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Probing and what is kept of it. */
@ConfigMapping(prefix = "valet.health")
interface HealthConfig {
  /** Whether this replica probes by itself; as the loops, off in tests. */
  @WithDefault("${valet.loops.enabled:true}")
  boolean enabled();

  /** Probes under way at once, in this replica. */
  @WithDefault("512")
  int maxInFlight();

  /** How long changes of verdicts are kept. */
  @WithDefault("90D")
  Duration historyRetention();

  /**
   * How long samples of minutes are kept; whole weeks are dropped. Two weeks, so that a day can be
   * compared with the same day of the week before; 10,000 sandboxes fill some 2 GB a day.
   */
  @WithDefault("14D")
  Duration sampleRetention();

  /**
   * How long hours are kept; whole months are dropped. Thirteen months, so that a month can be
   * compared with the same month of the year before; a sixtieth of the space of minutes.
   */
  @WithDefault("400D")
  Duration hourRetention();
}
