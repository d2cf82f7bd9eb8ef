package dev.valet.common.agent;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an agent reaches the task engine. The token itself names the engine's addresses; those given
 * here win.
 *
 * @param token bearer token of the engine, a JWT; kept in memory only, never logged
 * @param grpcAddress {@code host:port} of the engine; null for the token's own
 * @param serverUrl base of the engine's REST API; null for the token's own
 * @param tlsStrategy how the connection is secured
 * @param labels what the worker is registered with, for tasks to choose by
 */
public record HatchetConnection(
    String token,
    @Nullable String grpcAddress,
    @Nullable String serverUrl,
    TlsStrategy tlsStrategy,
    Map<String, String> labels) {

  /** Without the token, so that it cannot slip into a log. */
  @Override
  public String toString() {
    return "HatchetConnection[grpcAddress=%s, serverUrl=%s, tlsStrategy=%s, labels=%s]"
        .formatted(grpcAddress, serverUrl, tlsStrategy, labels);
  }
}
