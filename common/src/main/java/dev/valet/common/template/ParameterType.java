package dev.valet.common.template;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** Type of a template parameter. */
public enum ParameterType implements WireName {
  /** Text without control characters. */
  STRING("string"),

  /** A whole number. */
  INTEGER("integer"),

  /** True or false. */
  BOOLEAN("boolean"),

  /** One of the listed texts. */
  CHOICE("choice");

  private final String wire;

  ParameterType(String wire) {
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
  public static ParameterType fromWire(String wire) {
    return WireName.parse(ParameterType.class, wire);
  }
}
