package dev.valet.common.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** Where a step is. */
public enum StepStatus implements WireName {
  /** Under way. */
  RUNNING("running"),

  /** Done. */
  SUCCEEDED("succeeded"),

  /** It stopped here. */
  FAILED("failed"),

  /** Given up. */
  CANCELLED("cancelled");

  private final String wire;

  StepStatus(String wire) {
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
  public static StepStatus fromWire(String wire) {
    return WireName.parse(StepStatus.class, wire);
  }
}
