package dev.valet.agent.platform;

import java.util.List;

/** At least one setting is wrong. The message is one line that names every fault and its remedy. */
public final class SettingsRefused extends Exception {
  private static final long serialVersionUID = 1L;

  SettingsRefused(List<String> faults) {
    super("settings refused: " + String.join("; ", faults));
  }
}
