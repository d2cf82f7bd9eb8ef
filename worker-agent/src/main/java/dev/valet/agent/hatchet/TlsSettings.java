package dev.valet.agent.hatchet;

import dev.valet.common.agent.TlsStrategy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How the connection is secured.
 *
 * @param strategy whether and how
 * @param rootCa PEM file of the authorities to trust; null for the machine's
 * @param certificate own PEM file, for mtls
 * @param key its key
 * @param serverName the name that the engine's certificate must bear; null for the host
 */
record TlsSettings(
    TlsStrategy strategy,
    @Nullable Path rootCa,
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable String serverName) {

  /** Refuses what cannot work. */
  TlsSettings {
    if (strategy == TlsStrategy.MTLS && (certificate == null || key == null)) {
      throw new IllegalArgumentException(
          "mtls needs HATCHET_CLIENT_TLS_CERT_FILE and HATCHET_CLIENT_TLS_KEY_FILE");
    }
  }
}
