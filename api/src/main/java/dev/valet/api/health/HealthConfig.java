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

  /** How long samples are kept; whole weeks are dropped. */
  @WithDefault("30D")
  Duration sampleRetention();
}
