package dev.valet.api.agent;

import io.vertx.core.json.JsonObject;

/** What came of a command to an agent. */
public sealed interface CommandOutcome {

  /** The agent does it, or did. */
  record Accepted(JsonObject body) implements CommandOutcome {}

  /**
   * The agent understood and will not.
   *
   * @param reason for people, printable, without secrets
   */
  record Refused(String reason) implements CommandOutcome {}

  /**
   * No usable answer. The agent may have got the command all the same; all can be repeated.
   *
   * @param reason for people
   */
  record Unreachable(String reason) implements CommandOutcome {}
}
