package dev.valet.common.template;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** What a change of a template means for a sandbox that runs; each is worse than the one before. */
public enum TemplateEffect implements WireName {
  /** It applies to the running instance, without interruption. */
  NONE("none"),

  /** The same instance is restarted; its volume stays. */
  IN_PLACE("in_place"),

  /** Another instance takes the place of the old one, whose volume goes with it. */
  REPLACE("replace");

  private final String wire;

  TemplateEffect(String wire) {
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
  public static TemplateEffect fromWire(String wire) {
    return WireName.parse(TemplateEffect.class, wire);
  }
}
