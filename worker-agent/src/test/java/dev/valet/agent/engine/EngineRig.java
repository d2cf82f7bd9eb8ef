package dev.valet.agent.engine;

import dev.valet.agent.engine.chromium.ChromiumEngine;
import dev.valet.agent.engine.firefox.FirefoxEngine;
import dev.valet.agent.engine.process.ProcessRig;
import dev.valet.agent.engine.wire.ProtocolClient;
import dev.valet.agent.netguard.CheckingProxy;
import dev.valet.agent.netguard.TestProxy;
import dev.valet.agent.platform.PartsBoard;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Real engines behind a proxy whose names and rules a test chose. */
public final class EngineRig implements AutoCloseable {
  public final Vertx vertx = Vertx.vertx();
  public final PartsBoard board = new PartsBoard();
  public final ProcessRig processes;
  public final Engines engines;
  final ProtocolClient client = new ProtocolClient(vertx);
  final Browsers browsers;
  final Map<String, BrowserEngine> all;

  private final Path root;
  private final TestProxy names;

  public EngineRig(Path root, TestProxy names, List<String> networks, List<Integer> ports) {
    this.root = root;
    this.names = names;
    CheckingProxy proxy = names.open(vertx, networks, ports);
    processes = new ProcessRig(root);
    browsers = new Browsers(processes.folders, proxy);
    BrowserEngine chromium =
        new ChromiumEngine(
            processes.launcher, client, processes.folders, () -> ProcessRig.find("chromium"));
    BrowserEngine firefox =
        new FirefoxEngine(
            processes.launcher, client, processes.folders, () -> ProcessRig.find("firefox-esr"));
    all = Map.of("chromium", chromium, "firefox", firefox);
    engines =
        new Engines(
            List.of(chromium, firefox),
            browsers,
            board,
            System::nanoTime,
            new Engines.Rhythm(Duration.ofMillis(100), 2, 50));
  }

  /** The agent after this one on the same machine. */
  EngineRig successor() {
    return new EngineRig(root, new TestProxy(), List.of(), List.of(80));
  }

  /** Whose answers may change. */
  public TestProxy names() {
    return names;
  }

  /** For tests that drive a browser themselves. */
  public ProtocolClient client() {
    return client;
  }

  @Override
  public void close() {
    engines.close();
    vertx.close();
  }
}
