package dev.valet.api.sandbox.lifecycle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** What agents are told at their launch. */
@ConfigMapping(prefix = "valet.agent")
interface AgentTarget {
  /** Base URL of this API as instances reach it. */
  URI apiUrl();

  /** Port of the agent's health server. */
  @WithDefault("8000")
  int port();

  /** Address that the health server binds; {@code auto} is the instance's private address. */
  @WithDefault("auto")
  String host();
}
