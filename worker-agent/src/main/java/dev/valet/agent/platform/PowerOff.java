package dev.valet.agent.platform;

import dev.valet.common.agent.AgentSettings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Asks for the machine to be switched off, by a file that somebody with the right to do so watches;
 * the agent itself has no such right. Blocking.
 */
@Singleton
public final class PowerOff {
  private final Path file;
  private final Path folder;

  /** In the folder of these settings. */
  public PowerOff(Settings settings) {
    this.file = settings.stateDir().resolve(AgentSettings.POWER_OFF_FILE);
    this.folder = file.resolveSibling("");
  }

  /** Asks. */
  public Path ask() throws IOException {
    Files.createDirectories(folder);
    return Files.writeString(file, "power-off\n");
  }

  /** No longer asks: a request that outlived its machine must not end the next boot. */
  public boolean takeBack() throws IOException {
    return Files.deleteIfExists(file);
  }
}
