package dev.valet.api.agent;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How the task engine's REST API is asked.
 *
 * @param token bearer token, the same that agents get
 * @param tenantId of the engine, whose the token is
 * @param serverUrl base of the API
 * @param expiresAt when the token ends; null if it does not say
 */
public record TaskEngineAccess(
    String token, String tenantId, URI serverUrl, @Nullable Instant expiresAt) {

  /**
   * Reads the token's claims, which are the engine's to check.
   *
   * @param serverUrl wins over the one that the token names
   * @throws IllegalArgumentException if that is not enough; the message is for people and quotes
   *     nothing of the token
   */
  static TaskEngineAccess of(String token, @Nullable String serverUrl) {
    JsonObject claims = claims(token);
    String tenant = text(claims, "sub");
    String server = serverUrl == null ? text(claims, "server_url") : serverUrl;
    if (tenant == null || !tenant.matches("[\\w-]{1,64}")) {
      throw new IllegalArgumentException("the token names no tenant");
    }
    if (server == null || !server.matches("https?://[^\\s/?#@]+/?")) {
      throw new IllegalArgumentException(
          "nothing names the engine's REST API: set VALET_HATCHET_SERVER_URL to scheme, host and"
              + " port");
    }
    Object end = claims.getValue("exp");
    return new TaskEngineAccess(
        token,
        tenant,
        URI.create(server),
        end instanceof Number seconds ? Instant.ofEpochSecond(seconds.longValue()) : null);
  }

  private static JsonObject claims(String token) {
    try {
      byte[] part = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
      return new JsonObject(new String(part, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | DecodeException e) {
      throw new IllegalArgumentException("the token's claims cannot be read");
    }
  }

  private static @Nullable String text(JsonObject claims, String name) {
    return claims.getValue(name) instanceof String text ? text : null;
  }

  /** Without the token, so that it cannot slip into a log. */
  @Override
  public String toString() {
    return "TaskEngineAccess[tenantId=%s, serverUrl=%s]".formatted(tenantId, serverUrl);
  }
}
