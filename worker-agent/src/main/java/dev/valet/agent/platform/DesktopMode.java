package dev.valet.agent.platform;

import java.util.Arrays;
import java.util.Locale;

/** Whether there is a desktop that people can watch. */
public enum DesktopMode {
  /** The template declares it: a desktop that does not work makes the agent degraded. */
  ON,

  /** None. */
  OFF,

  /** Where its programs are installed; health does not depend on it. */
  AUTO;

  /**
   * Reads a mode out of a setting.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static DesktopMode of(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a desktop mode"));
  }
}
