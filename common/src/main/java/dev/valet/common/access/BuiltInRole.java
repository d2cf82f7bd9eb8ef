package dev.valet.common.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The roles that every installation has (requirements, row S5). */
public enum BuiltInRole implements WireName {
  /** Sees the fleet. */
  VIEWER("viewer", EnumSet.of(Permission.READ)),

  /** Sees the fleet and what was done to it. */
  AUDITOR("auditor", EnumSet.of(Permission.READ, Permission.AUDIT)),

  /** Runs the fleet. */
  OPERATOR(
      "operator",
      EnumSet.of(
          Permission.READ,
          Permission.OPERATE,
          Permission.PROVISION,
          Permission.TERMINATE,
          Permission.CONNECT)),

  /** Everything. */
  ADMIN("admin", EnumSet.allOf(Permission.class));

  private final String wire;
  private final Set<Permission> permissions;

  BuiltInRole(String wire, Set<Permission> permissions) {
    this.wire = wire;
    this.permissions = Collections.unmodifiableSet(permissions);
  }

  @Override
  @JsonValue
  public String wire() {
    return wire;
  }

  /** What this role allows; unmodifiable. */
  public Set<Permission> permissions() {
    return permissions;
  }

  /**
   * Reads the wire name.
   *
   * @throws IllegalArgumentException if no role has it
   */
  @JsonCreator
  public static BuiltInRole fromWire(String wire) {
    return WireName.parse(BuiltInRole.class, wire);
  }
}
