package dev.valet.agent.platform;

/** Where the health server listens. */
public sealed interface BindHost {

  /** The instance's {@code local-ipv4} out of the metadata service. */
  record Auto() implements BindHost {}

  /**
   * A given address.
   *
   * @param address IPv4 or IPv6 literal
   */
  record Literal(String address) implements BindHost {}
}
