package dev.valet.agent.hatchet;

import dev.valet.common.agent.HatchetConnection;
import dev.valet.common.agent.TlsStrategy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine is and how to speak to it.
 *
 * @param token what opens it
 * @param tenantId the tenant to work for
 * @param host of the gRPC server
 * @param port of the gRPC server
 * @param serverUrl base of the REST API; null if nobody names one
 * @param tls how the connection is secured
 * @param prefix before names of workflows and actions; empty or ending with {@code _}
 */
record Endpoint(
    ClientToken token,
    String tenantId,
    String host,
    int port,
    @Nullable URI serverUrl,
    TlsSettings tls,
    String prefix) {
  private static final int LAST_PORT = 65_535;

  /**
   * Puts together what is known. The agent's environment wins over what the API says, and that over
   * the token.
   *
   * @param environment may hold the variables that the official SDKs know, {@code HATCHET_CLIENT_*}
   * @throws IllegalArgumentException if it cannot work; the message holds no secret
   */
  static Endpoint of(HatchetConnection told, Map<String, String> environment) {
    ClientToken token = ClientToken.parse(told.token());
    Names names = new Names(environment);
    String address = names.first("HOST_PORT", told.grpcAddress(), token.grpcAddress());
    if (address == null) {
      throw new IllegalArgumentException("nobody names the engine's address");
    }
    int colon = address.lastIndexOf(':');
    String server = names.first("SERVER_URL", told.serverUrl(), token.serverUrl());
    String namespace = names.first("NAMESPACE", null, null);
    return new Endpoint(
        token,
        String.valueOf(names.first("TENANT_ID", null, token.tenantId())),
        address.substring(0, Math.max(0, colon)),
        port(address.substring(colon + 1)),
        server == null ? null : URI.create(server.replaceAll("/+$", "")),
        tls(names, told.tlsStrategy()),
        namespace == null ? "" : namespace.toLowerCase(Locale.ROOT) + "_");
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("the engine's address is not host:port");
  }

  private static TlsSettings tls(Names names, TlsStrategy told) {
    String strategy = names.first("TLS_STRATEGY", null, null);
    return new TlsSettings(
        strategy == null ? told : strategy(strategy),
        names.pem("TLS_ROOT_CA"),
        names.pem("TLS_CERT"),
        names.pem("TLS_KEY"),
        names.first("TLS_SERVER_NAME", null, null),
        String.valueOf(names.first("TLS_MIN_VERSION", null, TlsSettings.DEFAULT_MIN_VERSION)));
  }

  private static TlsStrategy strategy(String text) {
    try {
      return TlsStrategy.fromWire(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "HATCHET_CLIENT_TLS_STRATEGY is none of tls, mtls and none", e);
    }
  }

  /** Whether a worker that is registered there is known here, too. */
  boolean isSameEngine(Endpoint other) {
    return tenantId.equals(other.tenantId) && host.equals(other.host) && port == other.port;
  }

  @Override
  public String toString() {
    return host + ":" + port; // never the token
  }

  private record Names(Map<String, String> environment) {
    @Nullable String first(String name, @Nullable String second, @Nullable String third) {
      String value = environment.getOrDefault("HATCHET_CLIENT_" + name, "").strip();
      if (!value.isEmpty()) {
        return value;
      }
      return second != null && !second.isBlank() ? second : third;
    }

    /** The text itself wins over a file, as with the official SDKs. */
    @Nullable Pem pem(String name) {
      String text = first(name, null, null);
      if (text != null) {
        return Pem.Inline.of("HATCHET_CLIENT_" + name, text);
      }
      String file = first(name + "_FILE", null, null);
      return file == null ? null : new Pem.InFile(Path.of(file));
    }
  }
}
