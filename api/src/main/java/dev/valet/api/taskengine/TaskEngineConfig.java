package dev.valet.api.taskengine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the task engine is watched. */
@ConfigMapping(prefix = "valet.task-engine")
interface TaskEngineConfig {
  /** How often it is asked while it answers. */
  @WithDefault("10S")
  Duration period();

  /** The longest that one question may take. */
  @WithDefault("5S")
  Duration timeout();

  /** How long tasks wait for a worker with free slots that is given none, until that is odd. */
  @WithDefault("60S")
  Duration queuedFor();

  /** How many times in a row a worker must look like a zombie to be believed one. */
  @WithDefault("3")
  int suspectRounds();

  /** And how long at least. */
  @WithDefault("30S")
  Duration suspectFor();

  /** How long a stream that was opened anew may take to help before a restart is asked for. */
  @WithDefault("60S")
  Duration streamGrace();
}
