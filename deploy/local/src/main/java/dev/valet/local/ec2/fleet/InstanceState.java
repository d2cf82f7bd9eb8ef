package dev.valet.local.ec2.fleet;

import com.fasterxml.jackson.annotation.JsonValue;

/** EC2's instance states, with its codes and names. */
public enum InstanceState {
  PENDING(0, "pending"),
  RUNNING(16, "running"),
  SHUTTING_DOWN(32, "shutting-down"),
  TERMINATED(48, "terminated"),
  STOPPING(64, "stopping"),
  STOPPED(80, "stopped");

  private final int code;
  private final String wireName;

  InstanceState(int code, String wireName) {
    this.code = code;
    this.wireName = wireName;
  }

  /** The low byte of EC2's state code. */
  public int code() {
    return code;
  }

  /** EC2's word for it. */
  @JsonValue
  public String wireName() {
    return wireName;
  }

  /** Whether a machine may be switched on in this state. */
  public boolean isPowered() {
    return this == RUNNING || this == STOPPING || this == SHUTTING_DOWN;
  }
}
