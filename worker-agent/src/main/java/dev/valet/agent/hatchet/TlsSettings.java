package dev.valet.agent.hatchet;

import dev.valet.common.agent.TlsStrategy;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the connection is secured.
 *
 * @param strategy whether and how
 * @param rootCa authorities to trust; null for the machine's
 * @param certificate own certificate, for mtls
 * @param key its key
 * @param serverName the name that the engine's certificate must bear; null for the host
 * @param minVersion oldest version of TLS to speak, {@code 1.2} or {@code 1.3}
 */
record TlsSettings(
    TlsStrategy strategy,
    @Nullable Pem rootCa,
    @Nullable Pem certificate,
    @Nullable Pem key,
    @Nullable String serverName,
    String minVersion) {
  /** What the official SDKs take, too. */
  static final String DEFAULT_MIN_VERSION = "1.3";

  private static final List<String> VERSIONS = List.of("1.2", "1.3");

  /** Refuses what cannot work. */
  TlsSettings {
    if (strategy == TlsStrategy.MTLS && (certificate == null || key == null)) {
      throw new IllegalArgumentException(
          "mtls needs HATCHET_CLIENT_TLS_CERT_FILE and HATCHET_CLIENT_TLS_KEY_FILE, or"
              + " HATCHET_CLIENT_TLS_CERT and HATCHET_CLIENT_TLS_KEY");
    }
    if (!VERSIONS.contains(minVersion)) {
      throw new IllegalArgumentException("HATCHET_CLIENT_TLS_MIN_VERSION is neither 1.2 nor 1.3");
    }
  }

  /**
   * Whom to trust and which versions to speak.
   *
   * @throws IllegalArgumentException if a file cannot be read
   */
  void trustInto(HttpClientOptions options) {
    options.setEnabledSecureTransportProtocols(versions());
    if (rootCa != null) {
      PemTrustOptions trust = new PemTrustOptions();
      rootCa.give(trust::addCertPath, trust::addCertValue);
      options.setTrustOptions(trust);
    }
  }

  /**
   * All of it, for a connection that speaks HTTP/2 only.
   *
   * @throws IllegalArgumentException if a file cannot be read
   */
  void secure(HttpClientOptions options) {
    options.setSsl(true).setUseAlpn(true).setVerifyHost(true);
    trustInto(options);
    if (strategy == TlsStrategy.MTLS && certificate != null && key != null) {
      PemKeyCertOptions own = new PemKeyCertOptions();
      certificate.give(own::addCertPath, own::addCertValue);
      key.give(own::addKeyPath, own::addKeyValue);
      options.setKeyCertOptions(own);
    }
  }

  private Set<String> versions() {
    Set<String> versions = new LinkedHashSet<>();
    VERSIONS
        .subList(VERSIONS.indexOf(minVersion), VERSIONS.size())
        .forEach(version -> versions.add("TLSv" + version));
    return versions;
  }
}
