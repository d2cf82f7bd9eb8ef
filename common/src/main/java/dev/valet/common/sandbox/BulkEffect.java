package dev.valet.common.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** What a bulk action would do to one sandbox. */
public enum BulkEffect implements WireName {
  /** It would be done. */
  ACT("act"),

  /** There is nothing to do: it is so already, or the same is under way. */
  SKIP("skip"),

  /** It would be refused; the detail says why. */
  REFUSE("refuse");

  private final String wire;

  BulkEffect(String wire) {
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
  public static BulkEffect fromWire(String wire) {
    return WireName.parse(BulkEffect.class, wire);
  }
}
