package dev.valet.api.platform.loop;

/**
 * Whether a loop is running, and whether someone asked for another round meanwhile. Thread-safe;
 * plain Java, so that "no overlap, no lost wake-up" is tested without a clock.
 */
final class LoopState {
  private boolean running;
  private boolean again;
  private boolean closed;

  /** Asks for a round: true if the caller must start one now, false if it is noted or refused. */
  synchronized boolean request() {
    if (closed) {
      return false;
    }
    if (running) {
      again = true;
      return false;
    }
    running = true;
    return true;
  }

  /** A round has ended: true if the caller must start another one at once. */
  synchronized boolean finished() {
    if (again && !closed) {
      again = false;
      return true;
    }
    running = false;
    return false;
  }

  /** No further rounds. */
  synchronized void close() {
    closed = true;
  }

  synchronized boolean isRunning() {
    return running;
  }
}
