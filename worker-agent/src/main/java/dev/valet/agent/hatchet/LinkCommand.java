package dev.valet.agent.hatchet;

/** What is to be done about the connection. */
sealed interface LinkCommand {
  /** A connection with the current token; the old one goes on until its streams are closed. */
  record Connect() implements LinkCommand {}

  /** Ends the connection and all on it; the next call opens another. */
  record DropConnection() implements LinkCommand {}

  /** Version, workflows, registration. */
  record Introduce() implements LinkCommand {}

  record OpenStream(int serial) implements LinkCommand {}

  record CloseStream(int serial) implements LinkCommand {}

  record StartBeats() implements LinkCommand {}

  record StopBeats() implements LinkCommand {}

  /**
   * A random pause before the next try.
   *
   * @param failures in a row, from 1
   */
  record Pause(int failures) implements LinkCommand {}

  /** Somebody must know. */
  record Alarm(String text) implements LinkCommand {}
}
