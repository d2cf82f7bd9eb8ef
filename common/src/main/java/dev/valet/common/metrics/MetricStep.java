package dev.valet.common.metrics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;
import java.time.Duration;

/** How far apart the points of a chart are; they start at multiples of it, in UTC. */
public enum MetricStep implements WireName {
  /** A minute. */
  MINUTE("1m", Duration.ofMinutes(1)),

  /** Five minutes. */
  FIVE_MINUTES("5m", Duration.ofMinutes(5)),

  /** A quarter of an hour. */
  QUARTER("15m", Duration.ofMinutes(15)),

  /** An hour. */
  HOUR("1h", Duration.ofHours(1)),

  /** Six hours. */
  SIX_HOURS("6h", Duration.ofHours(6)),

  /** A day. */
  DAY("1d", Duration.ofDays(1));

  private final String wire;
  private final Duration length;

  MetricStep(String wire, Duration length) {
    this.wire = wire;
    this.length = length;
  }

  /** The time from one point to the next. */
  public Duration length() {
    return length;
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
  public static MetricStep fromWire(String wire) {
    return WireName.parse(MetricStep.class, wire);
  }
}
