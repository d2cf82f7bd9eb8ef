package dev.valet.agent.engine;

import java.nio.file.Path;

/** One kind of browser. All methods block; none is called on an event loop. */
public interface BrowserEngine {
  /** Its name in templates. */
  String name();

  /** How its browsers are driven. */
  EngineProtocol protocol();

  /** Looks whether browsers could be started, without starting one. */
  Sighting look() throws InterruptedException;

  /**
   * Starts a browser with a fresh profile.
   *
   * @return a browser that answers; nothing is left of it when it is closed
   */
  RunningBrowser start(BrowserRun run) throws EngineFailure, InterruptedException;

  /**
   * Removes what a run left outside of its folder and processes; the agent that began it may have
   * been another one.
   */
  default void clearAway(Path folder) throws InterruptedException {}
}
