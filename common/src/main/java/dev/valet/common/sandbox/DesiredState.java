package dev.valet.common.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** What a person or a rule wants of a sandbox. */
public enum DesiredState implements WireName {
  /** The instance runs and takes tasks. */
  RUNNING("running"),

  /** The instance is stopped, its volume kept. */
  STOPPED("stopped"),

  /** The instance and its volume are gone for good. */
  TERMINATED("terminated");

  private final String wire;

  DesiredState(String wire) {
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
  public static DesiredState fromWire(String wire) {
    return WireName.parse(DesiredState.class, wire);
  }
}
