package dev.valet.common.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** What a bulk operation does to each of its sandboxes. */
public enum BulkAction implements WireName {
  /** Start, or retry a failed one. */
  START("start"),

  /** Drain and stop. */
  STOP("stop"),

  /** Drain and reboot. */
  RESTART("restart"),

  /** Drain and terminate for good. */
  TERMINATE("terminate"),

  /** Bring to the latest version of its template. */
  UPGRADE("upgrade");

  private final String wire;

  BulkAction(String wire) {
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
  public static BulkAction fromWire(String wire) {
    return WireName.parse(BulkAction.class, wire);
  }
}
