package dev.valet.api.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the audit log is sealed and witnessed. */
@ConfigMapping(prefix = "valet.audit")
interface AuditConfig {
  /**
   * File with the key pair that signs checkpoints; required. Optional here only so that its absence
   * is reported with the command that makes one.
   */
  Optional<Path> keyFile();

  /** Folder that keeps a copy of every checkpoint, best on another machine; none by default. */
  Optional<Path> checkpointFolder();

  /** A checkpoint is made after so many rows. */
  @WithDefault("1000")
  int checkpointRows();

  /** A checkpoint is made after this time, if there are new rows at all. */
  @WithDefault("60S")
  Duration checkpointAge();
}
