package dev.valet.agent.engine;

import dev.valet.agent.platform.Secret;
import java.nio.file.Path;

/**
 * What a browser is started with.
 *
 * @param folder its own, and gone after it
 * @param proxy its only way to the network
 */
public record BrowserRun(Path folder, Proxy proxy) {

  /**
   * A proxy on loopback. The run's own processes may use it as they are; any other has to log in.
   */
  public record Proxy(String host, int port, Login login) {}

  /** For a browser that is no process of the agent's. */
  public record Login(String user, Secret password) {}
}
