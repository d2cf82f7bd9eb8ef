package dev.valet.common.health;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** Where the agent process is. */
public enum AgentLifecycle implements WireName {
  /** The HTTP server is up; enrolment has not begun. */
  STARTING("starting"),

  /** Talking to the API, or retrying to. */
  ENROLLING("enrolling"),

  /** Enrolled and configured. */
  READY("ready"),

  /** Takes no new tasks; running ones may end. */
  DRAINING("draining"),

  /** Shutting down. */
  STOPPED("stopped");

  private final String wire;

  AgentLifecycle(String wire) {
    this.wire = wire;
  }

  @Override
  @JsonValue
  public String wire() {
    return wire;
  }

  /**
   * Reads the wire name.
   *
   * @throws IllegalArgumentException if no constant has it
   */
  @JsonCreator
  public static AgentLifecycle fromWire(String wire) {
    return WireName.parse(AgentLifecycle.class, wire);
  }
}
