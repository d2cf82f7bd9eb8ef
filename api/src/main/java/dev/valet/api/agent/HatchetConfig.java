package dev.valet.api.agent;

import dev.valet.common.agent.TlsStrategy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The task engine that agents work for. */
@ConfigMapping(prefix = "valet.hatchet")
interface HatchetConfig {
  /**
   * File with the engine's token; read anew for every agent that asks, so a rotated token reaches
   * all of them without a restart. Without this setting agents take no tasks.
   */
  Optional<Path> tokenFile();

  /** Address of the engine for agents, {@code host:port}; else the one that the token names. */
  Optional<String> grpcAddress();

  /** Base URL of the engine's REST API for agents; else the one that the token names. */
  Optional<String> serverUrl();

  /** How agents secure the connection. */
  @WithDefault("tls")
  TlsStrategy tlsStrategy();

  /** How often agents ask for their configuration again, and so learn of a new token. */
  @WithDefault("5M")
  Duration refresh();

  /** The same while a token is expected and not there. */
  @WithDefault("10S")
  Duration refreshWhileMissing();
}
