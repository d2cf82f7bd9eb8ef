package dev.valet.api.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** How an audited action ended. */
public enum AuditResult implements WireName {
  /** It was done, or accepted as an operation. */
  SUCCESS("success"),

  /** The caller was not allowed to. */
  DENIED("denied"),

  /** It was tried and did not work. */
  FAILED("failed");

  private final String wire;

  AuditResult(String wire) {
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
  public static AuditResult fromWire(String wire) {
    return WireName.parse(AuditResult.class, wire);
  }
}
