package dev.valet.api.platform.loop;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How background loops run. */
@ConfigMapping(prefix = "valet.loops")
interface LoopConfig {
  /** Whether loops run by themselves; off in tests, which trigger them. */
  @WithDefault("true")
  boolean enabled();

  /** How long a stopping process waits for rounds under way. */
  @WithDefault("5S")
  Duration shutdown();
}
