package dev.valet.api.agent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How agents are asked. */
@ConfigMapping(prefix = "valet.agent-client")
interface AgentClientConfig {
  /** Longest time from the request to the last byte of the answer. */
  @WithDefault("3S")
  Duration timeout();

  /** Connections to one agent at once; more questions wait. */
  @WithDefault("2")
  int connectionsPerAgent();
}
