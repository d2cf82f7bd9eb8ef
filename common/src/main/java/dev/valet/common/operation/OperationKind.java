package dev.valet.common.operation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** What an operation does to its sandbox, or {@link #BULK} to many. */
public enum OperationKind implements WireName {
  /** Launch and boot a new sandbox. */
  CREATE("create"),

  /** Start a stopped one, or retry a failed one. */
  START("start"),

  /** Drain and stop. */
  STOP("stop"),

  /** Drain and reboot. */
  RESTART("restart"),

  /** Drain and terminate for good. */
  TERMINATE("terminate"),

  /** Bring to another version of its template, or to other parameters. */
  UPGRADE("upgrade"),

  /** Adopt an instance that was launched outside Valet. */
  IMPORT("import"),

  /** The same action on many sandboxes, each with an operation of its own. */
  BULK("bulk");

  private final String wire;

  OperationKind(String wire) {
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
  public static OperationKind fromWire(String wire) {
    return WireName.parse(OperationKind.class, wire);
  }
}
