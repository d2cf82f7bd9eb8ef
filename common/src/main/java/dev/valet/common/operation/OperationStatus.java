package dev.valet.common.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** Where an operation is; the last three are final. */
public enum OperationStatus implements WireName {
  /** Accepted; the reconciler has not taken it up. */
  PENDING("pending"),

  /** Under way. */
  RUNNING("running"),

  /** The desired state is reached. */
  SUCCEEDED("succeeded"),

  /** It stopped; the reason says why. */
  FAILED("failed"),

  /** Given up for a newer one, or by a person. */
  CANCELLED("cancelled");

  private final String wire;

  OperationStatus(String wire) {
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
  public static OperationStatus fromWire(String wire) {
    return WireName.parse(OperationStatus.class, wire);
  }
}
