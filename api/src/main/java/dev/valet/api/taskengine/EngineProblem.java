package dev.valet.api.taskengine;

/** The engine did not tell what it was asked; the message is for people and holds no secret. */
final class EngineProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineProblem(String message) {
    super(message, null, false, false);
  }

  /** In words for people. */
  String detail() {
    return String.valueOf(getMessage());
  }
}
