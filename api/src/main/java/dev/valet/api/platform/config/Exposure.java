package dev.valet.api.platform.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** How this installation is reached. */
@ConfigMapping(prefix = "valet")
public interface Exposure {
  /** Where browsers reach it: scheme, host and port alone, as {@code https://valet.example.com}. */
  Optional<URI> publicUrl();

  /**
   * Whether this is a whole Valet for one machine, as {@code ./valet up} runs it: reachable from
   * this machine alone, so that plain http will do.
   */
  @WithDefault("false")
  boolean local();
}
