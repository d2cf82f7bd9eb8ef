package dev.valet.agent.netguard;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client of the proxy wants to reach.
 *
 * @param host name or address, without the brackets of an IPv6 one
 * @param port 1 to 65535
 * @param path path and query of an HTTP request; empty for a tunnel
 */
record Target(String host, int port, String path) {
  private static final Pattern ABSOLUTE =
      Pattern.compile("(?i)http://([^/?#\\s]+)([^#\\s]*)(?:#\\S*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-fA-F:.]{2,45}]|[^\\[\\]:@%\\s]{1,253})(?::([0-9]{1,5}))?");
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(?:[^:]*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");
  private static final Pattern USUAL_IPV4 =
      Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
  private static final int HTTP_PORT = 80;

  /** The target of a request line's absolute form, {@code http://host[:port]/path}. */
  static Optional<Target> ofRequest(String uri) {
    Matcher parts = ABSOLUTE.matcher(uri);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String path = parts.group(2).startsWith("/") ? parts.group(2) : "/" + parts.group(2);
    return of(parts.group(1), path, HTTP_PORT);
  }

  /** The target of a CONNECT, {@code host:port}. */
  static Optional<Target> ofTunnel(String authority) {
    return of(authority, "", 0);
  }

  private static Optional<Target> of(String authority, String path, int byDefault) {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String host = parts.group(1).replaceAll("[\\[\\]]", "");
    int port = parts.group(2) == null ? byDefault : Integer.parseInt(parts.group(2));
    return port < 1 || port > 65_535 ? Optional.empty() : Optional.of(new Target(host, port, path));
  }

  /**
   * Whether everybody reads the host in the same way. Browsers write an IPv4 address in its usual
   * form; in others, such as {@code 0177.0.0.1}, programs see different addresses.
   */
  boolean isUnambiguous() {
    return !ENDS_IN_NUMBER.matcher(host).matches() || USUAL_IPV4.matcher(host).matches();
  }

  /** Host and port as people write them. */
  String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
