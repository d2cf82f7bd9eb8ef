package dev.valet.agent.engine;

import java.io.IOException;
import java.net.URI;

/** A browser that was started for one task. All methods block. */
public interface RunningBrowser extends AutoCloseable {
  /** WebSocket that it is driven by. */
  URI endpoint();

  /**
   * Asks it something that it can always answer.
   *
   * @throws IOException if it does not answer
   */
  void check() throws IOException, InterruptedException;

  /** Asks for its version; only before a task has it, since asking may take its one session. */
  String version() throws IOException, InterruptedException;

  /** Ends it with all its processes; also when this thread was interrupted. */
  @Override
  void close();
}
