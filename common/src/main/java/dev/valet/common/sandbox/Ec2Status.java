package dev.valet.common.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** EC2's own word for the state of an instance. */
public enum Ec2Status implements WireName {
  /** Starting. */
  PENDING("pending"),

  /** Running, and billed. */
  RUNNING("running"),

  /** On the way to terminated. */
  SHUTTING_DOWN("shutting-down"),

  /** Gone; EC2 forgets it after about an hour. */
  TERMINATED("terminated"),

  /** On the way to stopped. */
  STOPPING("stopping"),

  /** Stopped; only its volumes are billed. */
  STOPPED("stopped");

  private final String wire;

  Ec2Status(String wire) {
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
  public static Ec2Status fromWire(String wire) {
    return WireName.parse(Ec2Status.class, wire);
  }
}
