package dev.valet.common.health;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** State of one part of a sandbox: an engine, the desktop. */
public enum PartState implements WireName {
  /** The template does not ask for it; never counts against health. */
  NOT_CONFIGURED("not_configured"),

  /** On its way. */
  STARTING("starting"),

  /** Works. */
  READY("ready"),

  /** Does not work. */
  FAILED("failed");

  private final String wire;

  PartState(String wire) {
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
  public static PartState fromWire(String wire) {
    return WireName.parse(PartState.class, wire);
  }
}
