package dev.valet.agent.platform;

import io.smallrye.config.ConfigMapping;

/** What the build knows. */
@ConfigMapping(prefix = "valet.agent")
public interface BuildConfig {
  /** Version of the agent, at most 64 characters. */
  String version();
}
