package dev.valet.common.agent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.valet.common.WireName;

/** How the connection to the task engine is secured. */
public enum TlsStrategy implements WireName {
  /** The engine shows a certificate. */
  TLS("tls"),

  /** Both sides show certificates. */
  MTLS("mtls"),

  /** Not at all; for one machine. */
  NONE("none");

  private final String wire;

  TlsStrategy(String wire) {
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
  public static TlsStrategy fromWire(String wire) {
    return WireName.parse(TlsStrategy.class, wire);
  }
}
