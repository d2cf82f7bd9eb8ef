package dev.valet.api.access.session;

import io.quarkus.oidc.AuthorizationCodeTokens;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** When the tokens of a session are to be renewed, and when they run out. Pure. */
final class TokenTimes {
  private TokenTimes() {}

  /**
   * What is to be stored.
   *
   * @param encrypted the tokens
   * @param idToken the verified ID token in plain text
   * @param skew how long before its end a token is renewed
   * @param lifeSeconds how long the session lasts from now
   */
  static SessionStore.Tokens of(
      AuthorizationCodeTokens encrypted, String idToken, Duration skew, long lifeSeconds) {
    Instant expires = Instant.ofEpochSecond(payload(idToken).getLong("exp"));
    return new SessionStore.Tokens(
        encrypted.getIdToken(),
        encrypted.getRefreshToken(),
        expires.minus(skew),
        expires,
        Duration.ofSeconds(lifeSeconds));
  }

  private static JsonObject payload(String token) {
    byte[] json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return new JsonObject(new String(json, StandardCharsets.UTF_8));
  }
}
