package dev.valet.common.health;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** The agent's own summary in its health answer. */
public enum AgentStatus implements WireName {
  /** Not ready yet; a probe counts it as a failure. */
  STARTING("starting"),

  /** Every part that is configured works. */
  HEALTHY("healthy"),

  /** It works in part; the parts say which. */
  DEGRADED("degraded"),

  /** It cannot do its work. */
  UNHEALTHY("unhealthy");

  private final String wire;

  AgentStatus(String wire) {
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
  public static AgentStatus fromWire(String wire) {
    return WireName.parse(AgentStatus.class, wire);
  }
}
