package dev.valet.local.ec2.fleet;

/**
 * How the instance's metadata service behaves.
 *
 * @param httpTokens {@code required} or {@code optional}
 * @param httpEndpoint {@code enabled} or {@code disabled}
 * @param hopLimit 1 to 64; kept and shown only, as there are no hops on one machine
 */
public record MetadataOptions(String httpTokens, String httpEndpoint, int hopLimit) {

  /** Whether a request needs a session token. */
  public boolean needsToken() {
    return httpTokens.equals("required");
  }

  /** Whether the service answers at all. */
  public boolean isEnabled() {
    return httpEndpoint.equals("enabled");
  }
}
