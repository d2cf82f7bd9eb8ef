package dev.valet.agent;

import java.util.List;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT. The JVM's own handling would run the shutdown hooks at once and exit with
 * 143; a sandbox that stops as asked exits with 0, and only after it has drained.
 */
final class TerminationSignals {
  private TerminationSignals() {}

  /** Replaces what happens on either signal; the action runs on a thread of its own. */
  static void handle(Runnable action) {
    for (String name : List.of("TERM", "INT")) {
      Signal.handle(new Signal(name), signal -> action.run());
    }
  }
}
