package dev.valet.common.agent;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * What the API signs for one request to one agent process: a compact JWS over Ed25519, sent as
 * {@code Authorization: Bearer}. It fits no other request, no other agent and no other boot, and
 * works once.
 *
 * @param sandboxId audience: the sandbox whose agent is asked
 * @param bootId the agent process that is asked, {@code [0-9A-Za-z-]{16,64}}
 * @param id used once
 * @param issuedAt by the API's clock, to the second
 * @param requestHash of method, target and body, see {@link #hash}
 */
public record RequestToken(
    UUID sandboxId, String bootId, UUID id, Instant issuedAt, String requestHash) {
  /** How long a token counts. */
  public static final Duration LIFE = Duration.ofSeconds(60);

  /** By how much the clocks of API and agent may differ. */
  public static final Duration SKEW = Duration.ofMinutes(5);

  /** The JWS header; no other is accepted, so that nobody can ask for another algorithm. */
  public static final String HEADER = "{\"alg\":\"EdDSA\",\"typ\":\"valet-request\"}";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** When it counts no more. */
  public Instant expiresAt() {
    return issuedAt.plus(LIFE);
  }

  /** Header and claims, as they are signed; a dot and the signature make it a token. */
  public String signingInput() {
    String claims =
        "{\"aud\":\"%s\",\"boot\":\"%s\",\"jti\":\"%s\",\"iat\":%d,\"exp\":%d,\"req\":\"%s\"}"
            .formatted(
                sandboxId,
                bootId,
                id,
                issuedAt.getEpochSecond(),
                expiresAt().getEpochSecond(),
                requestHash);
    return encoded(HEADER.getBytes(StandardCharsets.US_ASCII))
        + "."
        + encoded(claims.getBytes(StandardCharsets.US_ASCII));
  }

  /** The token, given the signature over {@link #signingInput}. */
  public static String compact(String signingInput, byte[] signature) {
    return signingInput + "." + encoded(signature);
  }

  /**
   * Hash of a request: SHA-256, base64url. Neither method nor target can hold a line feed, so no
   * two requests are one text.
   *
   * @param method upper case
   * @param target path and query as sent
   */
  public static String hash(String method, String target, byte[] body) {
    MessageDigest sha256 = sha256();
    sha256.update((method + "\n" + target + "\n").getBytes(StandardCharsets.UTF_8));
    return encoded(sha256.digest(body));
  }

  private static String encoded(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
