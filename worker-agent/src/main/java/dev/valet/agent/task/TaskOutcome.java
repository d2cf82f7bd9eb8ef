package dev.valet.agent.task;

/** How an attempt ended. */
public sealed interface TaskOutcome {

  /**
   * It did what it should.
   *
   * @param output a JSON object as text
   */
  record Completed(String output) implements TaskOutcome {}

  /**
   * It did not.
   *
   * @param reason for people
   * @param retry whether trying again may help
   */
  record Failed(String reason, boolean retry) implements TaskOutcome {}
}
