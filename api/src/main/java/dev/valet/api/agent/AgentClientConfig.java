package dev.valet.api.agent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How agents are asked. */
@ConfigMapping(prefix = "valet.agent-client")
interface AgentClientConfig {
  /** Longest time from the request for health to the last byte of the answer. */
  @WithDefault("3S")
  Duration timeout();

  /** The same for a command, some of which look around before they answer. */
  @WithDefault("10S")
  Duration commandTimeout();

  /** Connections to one agent at once; more questions wait. */
  @WithDefault("2")
  int connectionsPerAgent();
}
