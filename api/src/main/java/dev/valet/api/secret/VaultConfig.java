package dev.valet.api.secret;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the vault's keys are. */
@ConfigMapping(prefix = "valet.vault")
interface VaultConfig {
  /**
   * File with the keys; required. Optional here only so that its absence is reported with the
   * command that makes one.
   */
  Optional<Path> keyFile();
}
