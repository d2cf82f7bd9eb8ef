package dev.valet.common.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** Where a sandbox belongs; chosen at creation, never changed. */
public enum Environment implements WireName {
  /** For trying things. */
  DEV("dev"),

  /** For rehearsals. */
  STAGING("staging"),

  /** For work that counts. */
  PROD("prod");

  private final String wire;

  Environment(String wire) {
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
  public static Environment fromWire(String wire) {
    return WireName.parse(Environment.class, wire);
  }
}
