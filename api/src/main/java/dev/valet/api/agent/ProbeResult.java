package dev.valet.api.agent;

import java.time.Duration;

/** What came of asking an agent for its health. */
public sealed interface ProbeResult {

  /** From the request to the last byte, or to giving up. */
  Duration took();

  /** A valid answer of the right sandbox that says {@code healthy} or {@code degraded}. */
  record Answer(AgentReport report, Duration took) implements ProbeResult {}

  /**
   * Anything else.
   *
   * @param kind for metrics and machines
   * @param detail for people, at most 200 characters, nothing of the answer's own text
   */
  record Failure(FailureKind kind, String detail, Duration took) implements ProbeResult {}

  /** Kinds of failures. */
  enum FailureKind {
    /** No connection. */
    UNREACHABLE,
    /** No complete answer in time. */
    TIMEOUT,
    /** Another HTTP status than 200. */
    HTTP_STATUS,
    /** A body over 64 KiB. */
    TOO_LARGE,
    /** Not JSON, or not the shape of a health answer. */
    MALFORMED,
    /** The address belongs to another sandbox by now. */
    WRONG_SANDBOX,
    /** The agent says that it is starting or unhealthy. */
    NOT_WELL
  }
}
