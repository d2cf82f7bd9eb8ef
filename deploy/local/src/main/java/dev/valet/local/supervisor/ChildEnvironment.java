package dev.valet.local.supervisor;

import java.util.Set;

/**
 * The environment of our children: only what every program needs. A real cloud's credentials or a
 * stray {@code QUARKUS_...} of the person's shell must not reach a local installation.
 */
final class ChildEnvironment {
  private static final Set<String> PASSED =
      Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "XDG_CACHE_HOME", "DISPLAY");

  /** What a part itself has set for its child. */
  private static final Set<String> OWN =
      Set.of("SERVER_HOSTNAME", "SERVER_PORT", "JSON_CONFIG_PATH");

  private ChildEnvironment() {}

  /** Removes everything else. */
  static ProcessBuilder only(ProcessBuilder builder) {
    builder.environment().keySet().removeIf(name -> !PASSED.contains(name) && !OWN.contains(name));
    return builder;
  }
}
