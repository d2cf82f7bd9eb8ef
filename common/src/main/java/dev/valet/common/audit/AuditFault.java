package dev.valet.common.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** What can be wrong with an audit log. */
public enum AuditFault implements WireName {
  /** A record, a filter column or a seal says something else than it did. */
  ALTERED("altered"),

  /** A record or its seal is gone. */
  REMOVED("removed"),

  /** A seal stands where none was made. */
  INSERTED("inserted"),

  /** Records or seals stand in another order. */
  REORDERED("reordered"),

  /** The log ends before the place that its head or a checkpoint names. */
  CUT_TAIL("cut_tail"),

  /** A record has no seal though it is older than a minute, or was never to get one. */
  UNSEALED("unsealed"),

  /** A checkpoint was not signed with one of the known keys. */
  BAD_SIGNATURE("bad_signature");

  private final String wire;

  AuditFault(String wire) {
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
  public static AuditFault fromWire(String wire) {
    return WireName.parse(AuditFault.class, wire);
  }
}
