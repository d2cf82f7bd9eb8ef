package dev.valet.agent.task.command;

/** A file of {@code tasks.d} is wrong; the message says what and what is allowed, on one line. */
final class SpecRefused extends Exception {
  private static final long serialVersionUID = 1L;

  SpecRefused(String message) {
    super(message);
  }
}
