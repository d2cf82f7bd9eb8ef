package dev.valet.api.agent;

import dev.valet.api.agent.ProbeResult.FailureKind;

/** What came of one call to an agent. */
sealed interface CallResult {

  /** A complete answer, whatever its status. */
  record Answered(int status, byte[] body) implements CallResult {}

  /**
   * No complete answer.
   *
   * @param detail for people, nothing of the answer's own text
   */
  record Failed(FailureKind kind, String detail) implements CallResult {}
}
