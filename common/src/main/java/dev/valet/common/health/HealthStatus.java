package dev.valet.common.health;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** The verdict on a sandbox. */
public enum HealthStatus implements WireName {
  /** Not probed: not running, or not yet enough answers in this boot. */
  UNKNOWN("unknown"),

  /** It answers and all declared parts work. */
  HEALTHY("healthy"),

  /** It answers, but a part that its template declares does not work. */
  DEGRADED("degraded"),

  /** It failed several probes in a row. */
  UNHEALTHY("unhealthy");

  private final String wire;

  HealthStatus(String wire) {
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
  public static HealthStatus fromWire(String wire) {
    return WireName.parse(HealthStatus.class, wire);
  }
}
