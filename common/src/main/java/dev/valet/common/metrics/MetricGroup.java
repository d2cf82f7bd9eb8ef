package dev.valet.common.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** By what a chart of the fleet is divided. */
public enum MetricGroup implements WireName {
  /** One series per environment. */
  ENVIRONMENT("environment"),

  /** One series per template, which is the one that a sandbox has now. */
  TEMPLATE("template"),

  /** One series per tenant. */
  TENANT("tenant");

  private final String wire;

  MetricGroup(String wire) {
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
  public static MetricGroup fromWire(String wire) {
    return WireName.parse(MetricGroup.class, wire);
  }
}
