package dev.valet.api.taskengine;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;

/** The settings as they are when nobody sets any. */
final class Config {
  static final TaskEngineConfig DEFAULT =
      new SmallRyeConfigBuilder()
          .withConverter(Duration.class, 300, new DurationConverter())
          .withMapping(TaskEngineConfig.class)
          .build()
          .getConfigMapping(TaskEngineConfig.class);

  private Config() {}
}
