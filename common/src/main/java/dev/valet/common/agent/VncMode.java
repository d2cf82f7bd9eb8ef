package dev.valet.common.agent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** What a viewer of a desktop may do. */
public enum VncMode implements WireName {
  /** Look on. */
  VIEW("view"),

  /** Use keyboard, pointer and clipboard, too. */
  CONTROL("control");

  /** Path of the agent's WebSocket. */
  public static final String PATH = "/vnc";

  private final String wire;

  VncMode(String wire) {
    this.wire = wire;
  }

  @Override
  @JsonValue
  public String wire() {
    return wire;
  }

  /** Path and query of the agent's WebSocket for this mode. */
  public String target() {
    return PATH + "?mode=" + wire;
  }

  /**
   * Reads the wire name.
   *
   * @throws IllegalArgumentException if no constant has it
   */
  @JsonCreator
  public static VncMode fromWire(String wire) {
    return WireName.parse(VncMode.class, wire);
  }
}
