package dev.valet.common.agent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** What the API may tell an agent to do, as {@code POST /control/<name>}. */
public enum AgentCommand implements WireName {
  /** Takes no new tasks; those that run may end. */
  DRAIN("drain"),

  /** Takes tasks again. */
  RESUME("resume"),

  /** Ends a browser engine and starts it anew. */
  RESTART_ENGINE("restart-engine"),

  /** Closes the stream that tasks come by, and opens it again. */
  RESTART_STREAM("restart-stream"),

  /** Asks the API for its configuration now. */
  REFRESH_CONFIG("refresh-config"),

  /** Answers with what helps to find out what is wrong, without secrets. */
  COLLECT_DIAGNOSTICS("collect-diagnostics");

  private final String wire;

  AgentCommand(String wire) {
    this.wire = wire;
  }

  @Override
  @JsonValue
  public String wire() {
    return wire;
  }

  /** Where the agent takes it. */
  public String path() {
    return "/control/" + wire;
  }

  /**
   * Reads the wire name.
   *
   * @throws IllegalArgumentException if no constant has it
   */
  @JsonCreator
  public static AgentCommand fromWire(String wire) {
    return WireName.parse(AgentCommand.class, wire);
  }
}
