package dev.valet.agent.testing;

import dev.valet.agent.platform.ProcessFacts;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.platform.SettingsReader;
import dev.valet.agent.platform.SettingsRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Settings as a test wants them; sound ones by default. */
public final class TestSettings {
  /** The sandbox in all tests. */
  public static final UUID SANDBOX = UUID.fromString("01900000-0000-7000-8000-000000000001");

  /** The boot of {@link #process}. */
  public static final String BOOT = "boot-0123456789abcdef";

  private final Map<String, String> environment = new HashMap<>();

  private TestSettings(Path stateDir) {
    environment.put("VALET_API_URL", "http://127.0.0.1:1");
    environment.put("VALET_SANDBOX_ID", SANDBOX.toString());
    environment.put("VALET_STATE_DIR", stateDir.toString());
  }

  /** Keeps the agent's state in this folder. */
  public static TestSettings in(Path stateDir) {
    return new TestSettings(stateDir);
  }

  /** Sets one environment variable. */
  public TestSettings with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** The environment variables. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** What the agent reads out of them. */
  public Settings settings() {
    try {
      return SettingsReader.read(environment);
    } catch (SettingsRefused e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A process that has run for the given time. */
  public static ProcessFacts process(Duration uptime) {
    return new ProcessFacts(BOOT, "1.2.3", uptime::toNanos, 0);
  }
}
