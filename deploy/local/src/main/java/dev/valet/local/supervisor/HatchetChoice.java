package dev.valet.local.supervisor;

import dev.valet.local.hatchet.HatchetEngine;
import dev.valet.local.host.PrivateFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which task engine this run has, and what the API is told about it.
 *
 * <ul>
 *   <li>{@link Kind#GIVEN}: {@code HATCHET_CLIENT_TOKEN} names one that the person already has;
 *   <li>{@link Kind#NONE}: {@code --no-hatchet} or {@code VALET_LOCAL_HATCHET=off};
 *   <li>{@link Kind#OWN}: one of our own, if this machine has what building it takes.
 * </ul>
 *
 * @param kind which
 * @param folder where it is kept what belongs to the engine
 * @param environment the clients' variables of the person's own engine; empty for ours
 */
record HatchetChoice(Kind kind, Path folder, Map<String, String> environment) {
  static final String TOKEN = "HATCHET_CLIENT_TOKEN";
  static final String SWITCH = "VALET_LOCAL_HATCHET";

  enum Kind {
    OWN,
    GIVEN,
    NONE
  }

  static HatchetChoice of(boolean wanted, Path folder, Map<String, String> environment) {
    if (!wanted || "off".equalsIgnoreCase(environment.getOrDefault(SWITCH, ""))) {
      return new HatchetChoice(Kind.NONE, folder, Map.of());
    }
    if (!environment.getOrDefault(TOKEN, "").isBlank()) {
      return new HatchetChoice(Kind.GIVEN, folder, environment);
    }
    return new HatchetChoice(Kind.OWN, folder, Map.of());
  }

  /**
   * Before the API starts: a given token goes where the API reads it, a file (0600) and not its
   * environment; one of an earlier run's engine is handed to nobody until that engine runs again.
   */
  void placeToken() {
    if (kind == Kind.GIVEN) {
      PrivateFiles.folder(folder);
      PrivateFiles.write(tokenFile(), environment.getOrDefault(TOKEN, "").strip() + "\n");
    } else {
      PrivateFiles.deleteTree(tokenFile());
    }
  }

  /** Settings of the API. */
  Map<String, String> apiEnvironment() {
    Map<String, String> settings = new TreeMap<>();
    if (kind != Kind.NONE) {
      settings.put("VALET_HATCHET_TOKEN_FILE", tokenFile().toString());
    }
    if (kind == Kind.OWN) {
      settings.put("VALET_HATCHET_TLS_STRATEGY", "none");
    }
    passOn(settings, "HATCHET_CLIENT_HOST_PORT", "VALET_HATCHET_GRPC_ADDRESS");
    passOn(settings, "HATCHET_CLIENT_SERVER_URL", "VALET_HATCHET_SERVER_URL");
    passOn(settings, "HATCHET_CLIENT_TLS_STRATEGY", "VALET_HATCHET_TLS_STRATEGY");
    return settings;
  }

  private void passOn(Map<String, String> settings, String given, String ours) {
    String value = environment.getOrDefault(given, "").strip();
    if (!value.isEmpty()) {
      settings.put(ours, value);
    }
  }

  /** Where the API finds the token, now or later. */
  private Path tokenFile() {
    return folder.resolve("token");
  }

  /** Our own engine. */
  HatchetEngine engine() {
    return HatchetEngine.open(folder);
  }

  @Override
  public String toString() {
    return "HatchetChoice[" + kind + "]"; // never the token
  }
}
