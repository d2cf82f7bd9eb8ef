package dev.valet.common.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/**
 * Where a sandbox is on its way to its desired state; every phase but the settled ones has a
 * deadline.
 */
public enum Phase implements WireName {
  /** Accepted; nothing was asked of EC2 yet. */
  PENDING("pending"),

  /** A launch attempt is stored and RunInstances is under way. */
  LAUNCHING("launching"),

  /** The instance exists and is starting; the agent has not made contact yet. */
  BOOTING("booting"),

  /** EC2 says running and the agent made contact in this boot. */
  RUNNING("running"),

  /** Running tasks are being finished before a stop, restart or termination. */
  DRAINING("draining"),

  /** StopInstances was accepted. */
  STOPPING("stopping"),

  /** EC2 says stopped, or the sandbox was stopped before it was launched. */
  STOPPED("stopped"),

  /** The old instance is being terminated; a new one is launched once EC2 says that it is gone. */
  REPLACING("replacing"),

  /** TerminateInstances was accepted. */
  TERMINATING("terminating"),

  /** EC2 says that the instance is gone, or there never was one. */
  TERMINATED("terminated"),

  /** It cannot go on by itself; the reason says why. Start retries, terminate ends it. */
  FAILED("failed");

  private final String wire;

  Phase(String wire) {
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
  public static Phase fromWire(String wire) {
    return WireName.parse(Phase.class, wire);
  }
}
