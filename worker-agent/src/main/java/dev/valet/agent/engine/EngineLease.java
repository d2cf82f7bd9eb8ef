package dev.valet.agent.engine;

import dev.valet.agent.netguard.TaskProxy;
import java.net.URI;

/** A browser for one task; closing it ends the browser and removes its profile. */
public final class EngineLease implements AutoCloseable {
  private final BrowserEngine engine;
  private final OpenBrowser open;
  private final Runnable giveBack;
  private boolean closed;
  private int missedChecks;

  EngineLease(BrowserEngine engine, OpenBrowser open, Runnable giveBack) {
    this.engine = engine;
    this.open = open;
    this.giveBack = giveBack;
  }

  /** The engine's name. */
  public String engine() {
    return engine.name();
  }

  /** How the browser is driven. */
  public EngineProtocol protocol() {
    return engine.protocol();
  }

  /** WebSocket that it is driven by. */
  public URI endpoint() {
    return open.browser().endpoint();
  }

  /** Its way to the network, which knows what it did not connect to. */
  public TaskProxy proxy() {
    return open.proxy();
  }

  OpenBrowser open() {
    return open;
  }

  /** Only on the thread that looks after the engines: checks missed in a row. */
  int checked(boolean answered) {
    missedChecks = answered ? 0 : missedChecks + 1;
    return missedChecks;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    giveBack.run();
  }
}
