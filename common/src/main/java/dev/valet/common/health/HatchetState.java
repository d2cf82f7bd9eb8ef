package dev.valet.common.health;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** The agent's connection to the task engine. */
public enum HatchetState implements WireName {
  /** No engine was given; never counts against health. */
  NOT_CONFIGURED("not_configured"),

  /** Trying. */
  CONNECTING("connecting"),

  /** Stream and heartbeat both work. */
  CONNECTED("connected"),

  /** One of stream and heartbeat is dead. */
  DEGRADED("degraded"),

  /** The engine refuses the token. */
  UNAUTHORIZED("unauthorized"),

  /** Finishing tasks, taking none. */
  DRAINING("draining");

  private final String wire;

  HatchetState(String wire) {
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
  public static HatchetState fromWire(String wire) {
    return WireName.parse(HatchetState.class, wire);
  }
}
