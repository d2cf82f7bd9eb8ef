package dev.valet.common.template;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** How a check of a template against EC2 ended. */
public enum TemplateCheckStatus implements WireName {
  /** EC2 has what the template asks for. */
  PASSED("passed"),

  /** EC2 would refuse it. */
  FAILED("failed"),

  /** Nothing is known, because EC2 did not answer. */
  NOT_CHECKED("not_checked");

  private final String wire;

  TemplateCheckStatus(String wire) {
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
  public static TemplateCheckStatus fromWire(String wire) {
    return WireName.parse(TemplateCheckStatus.class, wire);
  }
}
