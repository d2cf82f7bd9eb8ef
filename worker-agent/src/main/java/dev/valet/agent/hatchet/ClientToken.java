package dev.valet.agent.hatchet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.platform.Secret;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The engine's token: a JWT that names whose it is and where the engine answers. Its signature is
 * the engine's to check.
 *
 * @param secret the token as it is sent
 * @param tenantId whose it is
 * @param serverUrl base of the REST API; null if it names none
 * @param grpcAddress {@code host:port}; null if it names none
 * @param expiresAt null if it names no end
 */
record ClientToken(
    Secret secret,
    String tenantId,
    @Nullable String serverUrl,
    @Nullable String grpcAddress,
    @Nullable Instant expiresAt) {
  private static final int PARTS = 3;

  /**
   * Reads a token.
   *
   * @throws IllegalArgumentException if it is none; the message says why and never quotes it
   */
  static ClientToken parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (!Secret.isWellFormed(text) || parts.length != PARTS) {
      throw new IllegalArgumentException("the token is not a JWT of three parts");
    }
    JsonNode claims = claims(parts[1]);
    String tenant = claims.path("sub").asText("");
    if (tenant.isEmpty()) {
      throw new IllegalArgumentException("the token names no tenant (claim sub)");
    }
    JsonNode expiry = claims.path("exp");
    return new ClientToken(
        new Secret(text),
        tenant,
        claims.path("server_url").textValue(),
        claims.path("grpc_broadcast_address").textValue(),
        expiry.isNumber() ? Instant.ofEpochSecond(expiry.longValue()) : null);
  }

  /** Padding is optional, since other issuers add it. */
  private static JsonNode claims(String part) {
    try {
      JsonNode claims = new JsonMapper().readTree(Base64.getUrlDecoder().decode(part));
      if (claims != null && claims.isObject()) {
        return claims;
      }
    } catch (IOException | IllegalArgumentException e) {
      // Their messages may quote the token.
    }
    throw new IllegalArgumentException("the token's claims are not base64url of a JSON object");
  }
}
