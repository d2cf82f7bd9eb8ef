package dev.valet.agent.control;

import java.util.Map;

/** What the agent answers to a command. */
public sealed interface CommandReply {

  /** It is done, or under way. */
  record Done(Map<String, ?> body) implements CommandReply {}

  /**
   * It is not, and will not be.
   *
   * @param status of HTTP, 400 to 499
   * @param detail for people, without secrets
   */
  record Refused(int status, String detail) implements CommandReply {}
}
