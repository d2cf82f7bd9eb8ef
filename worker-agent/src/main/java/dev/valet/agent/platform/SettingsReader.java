package dev.valet.agent.platform;

import static dev.valet.common.agent.AgentSettings.ADSPOWER_KEY;
import static dev.valet.common.agent.AgentSettings.ADSPOWER_URL;
import static dev.valet.common.agent.AgentSettings.API_URL;
import static dev.valet.common.agent.AgentSettings.BOOTSTRAP_TOKEN;
import static dev.valet.common.agent.AgentSettings.BROWSER_SANDBOX;
import static dev.valet.common.agent.AgentSettings.CAPACITY;
import static dev.valet.common.agent.AgentSettings.CAPTURE_ALLOW;
import static dev.valet.common.agent.AgentSettings.CAPTURE_PORTS;
import static dev.valet.common.agent.AgentSettings.DEAD_MAN_HOURS;
import static dev.valet.common.agent.AgentSettings.DESKTOP;
import static dev.valet.common.agent.AgentSettings.DRAIN_SECONDS;
import static dev.valet.common.agent.AgentSettings.ENGINES;
import static dev.valet.common.agent.AgentSettings.HEALTH_HOST;
import static dev.valet.common.agent.AgentSettings.HEALTH_PORT;
import static dev.valet.common.agent.AgentSettings.IMDS_ENDPOINT;
import static dev.valet.common.agent.AgentSettings.SANDBOX_ID;
import static dev.valet.common.agent.AgentSettings.STATE_DIR;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@link Settings} out of environment variables. A variable that is empty counts as not set,
 * since an environment file often holds {@code NAME=}. Every wrong variable is named, not only the
 * first.
 */
public final class SettingsReader {
  private final Map<String, String> environment;
  private final List<String> faults = new ArrayList<>();

  private SettingsReader(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Reads and checks all settings.
   *
   * @param environment variables by name
   * @throws SettingsRefused if any is wrong
   */
  public static Settings read(Map<String, String> environment) throws SettingsRefused {
    return new SettingsReader(environment).read();
  }

  private Settings read() throws SettingsRefused {
    URI apiUrl = setting(API_URL, null, SettingSyntax.HTTP_URL, SettingSyntax::httpUrl);
    UUID sandboxId = setting(SANDBOX_ID, null, SettingSyntax.UUID_TEXT, SettingSyntax::uuid);
    Secret bootstrapToken = secret(BOOTSTRAP_TOKEN, 16);
    Integer capacity =
        setting(CAPACITY, "1", "1 to 100", text -> SettingSyntax.number(text, 1, 100));
    List<String> engines =
        setting(ENGINES, "", SettingSyntax.ENGINE_NAMES, SettingSyntax::engineNames);
    Path stateDir =
        setting(STATE_DIR, "var/lib/valet", SettingSyntax.FOLDER, SettingSyntax::folder);
    Integer port =
        setting(HEALTH_PORT, "8000", "1 to 65535", text -> SettingSyntax.number(text, 1, 65535));
    BindHost host = setting(HEALTH_HOST, "0.0.0.0", SettingSyntax.HOST, SettingSyntax::bindHost);
    URI imds =
        setting(
            IMDS_ENDPOINT,
            "http://169.254.169.254",
            SettingSyntax.HTTP_URL,
            SettingSyntax::httpUrl);
    DesktopMode desktop = setting(DESKTOP, "auto", "on, off or auto", DesktopMode::of);
    Integer drain =
        setting(DRAIN_SECONDS, "20", "0 to 3600", text -> SettingSyntax.number(text, 0, 3600));
    Integer deadMan =
        setting(DEAD_MAN_HOURS, "24", "0 to 8760", text -> SettingSyntax.number(text, 0, 8760));
    BrowserSettings browsers = browsers();
    if (!faults.isEmpty()) {
      throw new SettingsRefused(faults);
    }
    return new Settings(
        Objects.requireNonNull(apiUrl),
        Objects.requireNonNull(sandboxId),
        bootstrapToken,
        Objects.requireNonNull(capacity),
        Objects.requireNonNull(engines),
        Objects.requireNonNull(stateDir),
        Objects.requireNonNull(port),
        Objects.requireNonNull(host),
        Objects.requireNonNull(imds),
        Duration.ofHours(Objects.requireNonNull(deadMan)),
        Objects.requireNonNull(desktop),
        Duration.ofSeconds(Objects.requireNonNull(drain)),
        Objects.requireNonNull(browsers));
  }

  /** Null after a fault. */
  private @Nullable BrowserSettings browsers() {
    Boolean sandboxed = setting(BROWSER_SANDBOX, "on", "on or off", SettingSyntax::onOrOff);
    List<Cidr> opened = setting(CAPTURE_ALLOW, "", SettingSyntax.NETWORKS, SettingSyntax::networks);
    List<Integer> ports =
        setting(CAPTURE_PORTS, "80,443", SettingSyntax.PORTS, SettingSyntax::ports);
    URI adsPower =
        setting(
            ADSPOWER_URL, "http://127.0.0.1:50325", SettingSyntax.HTTP_URL, SettingSyntax::httpUrl);
    Secret key = secret(ADSPOWER_KEY, 1);
    return sandboxed == null || opened == null || ports == null || adsPower == null
        ? null
        : new BrowserSettings(sandboxed, opened, ports, adsPower, key);
  }

  /** Null means that a fault was noted. */
  private <T> @Nullable T setting(
      String name, @Nullable String byDefault, String allowed, Function<String, T> parser) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      if (byDefault == null) {
        faults.add(name + " is missing (allowed: " + allowed + ")");
        return null;
      }
      text = byDefault;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      faults.add(name + "=" + SettingSyntax.quoted(text) + " (allowed: " + allowed + ")");
      return null;
    }
  }

  /** Null without one, and after a fault; the message never quotes it. */
  private @Nullable Secret secret(String name, int least) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return null;
    }
    if (text.length() < least || text.length() > 128 || !Secret.isWellFormed(text)) {
      faults.add(
          name
              + " is malformed (allowed: "
              + least
              + " to 128 visible ASCII characters, no spaces)");
      return null;
    }
    return new Secret(text);
  }
}
