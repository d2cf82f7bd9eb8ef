package dev.valet.local.supervisor;

import java.util.Set;

/**
 * The environment of our children: what every program needs, and settings of Valet and of logging
 * that the person chose for this run. A real cloud's credentials or another program's settings must
 * not reach a local installation.
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
    builder.environment().keySet().removeIf(name -> !isPassed(name));
    return builder;
  }

  private static boolean isPassed(String name) {
    return PASSED.contains(name)
        || OWN.contains(name)
        || name.startsWith("VALET_")
        || name.startsWith("QUARKUS_LOG_");
  }
}
