package dev.valet.api.template;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Templates that an installation starts with. */
@ConfigMapping(prefix = "valet.template")
interface TemplateConfig {
  /**
   * JSON file of templates that are created at the start when no template of that name exists; one
   * that exists is left as it is.
   */
  Optional<Path> seedFile();
}
