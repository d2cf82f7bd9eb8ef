package dev.valet.common.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** What a caller may do; a role is a set of these. */
public enum Permission implements WireName {
  /** See sandboxes, templates, operations, health. */
  READ("read"),

  /** Read the audit log. */
  AUDIT("audit"),

  /** Start, stop, restart, change, probe. */
  OPERATE("operate"),

  /** Create sandboxes. */
  PROVISION("provision"),

  /** Terminate sandboxes. */
  TERMINATE("terminate"),

  /** Control the desktop of a sandbox; to look on is to read. */
  CONNECT("connect"),

  /** Manage credentials and their rotation. */
  SECRETS("secrets"),

  /** Manage tenants, roles, grants and templates. */
  ADMIN("admin");

  private final String wire;

  Permission(String wire) {
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
  public static Permission fromWire(String wire) {
    return WireName.parse(Permission.class, wire);
  }
}
