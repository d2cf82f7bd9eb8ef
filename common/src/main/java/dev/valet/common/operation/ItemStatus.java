package dev.valet.common.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** Where one item of a bulk operation stands. */
public enum ItemStatus implements WireName {
  /** Not begun. */
  PENDING("pending"),

  /** Its own operation is under way. */
  RUNNING("running"),

  /** Done. */
  SUCCEEDED("succeeded"),

  /** It could not be done; the reason says why. */
  FAILED("failed"),

  /** There was nothing to do. */
  SKIPPED("skipped"),

  /** Cancelled before it began, or superseded by a newer wish. */
  CANCELLED("cancelled");

  private final String wire;

  ItemStatus(String wire) {
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
  public static ItemStatus fromWire(String wire) {
    return WireName.parse(ItemStatus.class, wire);
  }
}
