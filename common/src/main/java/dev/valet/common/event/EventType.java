package dev.valet.common.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** What an event can tell. More types may come: a client ignores those that it does not know. */
public enum EventType implements WireName {
  /** A sandbox is wanted that was not there before. */
  SANDBOX_CREATED("sandbox.created"),

  /** Settings, wish, reason or conditions of a sandbox, or its agent, changed. */
  SANDBOX_CHANGED("sandbox.changed"),

  /** A sandbox entered another phase. */
  SANDBOX_PHASE("sandbox.phase"),

  /** EC2 says something else of a sandbox's instance. */
  SANDBOX_EC2("sandbox.ec2"),

  /** A sandbox's health verdict changed. */
  SANDBOX_HEALTH("sandbox.health"),

  /** A sandbox's instance is gone for good. */
  SANDBOX_TERMINATED("sandbox.terminated"),

  /** An operation began, entered a step or ended. */
  OPERATION_PROGRESS("operation.progress"),

  /** Verdicts of the whole fleet were frozen or released. */
  FLEET_FREEZE("fleet.freeze");

  private final String wire;

  EventType(String wire) {
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
  public static EventType fromWire(String wire) {
    return WireName.parse(EventType.class, wire);
  }
}
