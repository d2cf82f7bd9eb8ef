package dev.valet.agent.trust;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.trust.TokenVerdict.Invalid;
import dev.valet.agent.trust.TokenVerdict.Valid;
import dev.valet.common.agent.RequestToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * Reads and checks {@link RequestToken}s; pure. The signature comes first: nothing in a token is
 * believed, or told to whoever sent it, before that.
 */
public final class TokenVerifier {
  /** Longest token, in characters; the API's have about 400. */
  static final int LONGEST = 2048;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build()
          .reader();

  private final UUID sandboxId;
  private final String bootId;

  /** For tokens to this process. */
  public TokenVerifier(UUID sandboxId, String bootId) {
    this.sandboxId = sandboxId;
    this.bootId = bootId;
  }

  /**
   * The request that the token must have been made for.
   *
   * @param method upper case
   * @param target path and query as received
   * @param body empty for none
   */
  public record Request(String method, String target, byte[] body) {}

  /**
   * Checks everything but whether the token was used before.
   *
   * @param publicKey Ed25519, X.509, base64, as the API told it
   * @param now by this machine's clock
   */
  public TokenVerdict verify(String token, Request request, String publicKey, Instant now) {
    try {
      return verified(token, request, publicKey, now);
    } catch (Refusal refusal) {
      return new Invalid(refusal.reason);
    }
  }

  private Valid verified(String token, Request request, String publicKey, Instant now)
      throws Refusal {
    if (token.length() > LONGEST) {
      throw new Refusal("the token is too long");
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw new Refusal("the token is not of three parts");
    }
    requireHeader(parts[0]);
    requireSignature(parts[0] + "." + parts[1], decoded(parts[2]), publicKey);
    JsonNode claims = claims(decoded(parts[1]));
    require(sandboxId.toString().equals(text(claims, "aud")), "it is for another sandbox");
    require(bootId.equals(text(claims, "boot")), "it is for another process of this agent");
    requireRequest(text(claims, "req"), request);
    requireTime(instant(claims, "iat"), instant(claims, "exp"), now);
    return new Valid(id(claims), instant(claims, "exp"));
  }

  private static void requireHeader(String part) throws Refusal {
    JsonNode header = claims(decoded(part));
    require(
        "EdDSA".equals(header.path("alg").textValue())
            && "valet-request".equals(header.path("typ").textValue())
            && header.size() == 2,
        "the token is not of the one accepted kind");
  }

  private static void requireSignature(String input, byte[] signature, String publicKey)
      throws Refusal {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key(publicKey));
      ed25519.update(input.getBytes(StandardCharsets.US_ASCII));
      require(ed25519.verify(signature), "it is not signed by the API");
    } catch (GeneralSecurityException e) {
      throw new Refusal("it is not signed by the API");
    }
  }

  private static PublicKey key(String base64) throws GeneralSecurityException {
    byte[] encoded = Base64.getDecoder().decode(base64);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static void requireRequest(String hash, Request request) throws Refusal {
    String expected = RequestToken.hash(request.method(), request.target(), request.body());
    boolean same =
        MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.UTF_8));
    require(same, "it is for another request");
  }

  /** The clocks may differ by {@link RequestToken#SKEW}, in either direction. */
  private static void requireTime(Instant issued, Instant expires, Instant now) throws Refusal {
    require(
        Duration.between(issued, expires).compareTo(RequestToken.LIFE) <= 0,
        "it would count for too long");
    Duration early = Duration.between(now, issued);
    if (early.compareTo(RequestToken.SKEW) > 0) {
      throw new Refusal(
          "it is from the future: the clocks differ by %d s, and %d s are allowed"
              .formatted(early.toSeconds(), RequestToken.SKEW.toSeconds()));
    }
    Duration late = Duration.between(expires, now);
    if (late.compareTo(RequestToken.SKEW) > 0) {
      throw new Refusal(
          "it expired %d s ago, and clocks may differ by %d s"
              .formatted(late.toSeconds(), RequestToken.SKEW.toSeconds()));
    }
  }

  private static UUID id(JsonNode claims) throws Refusal {
    try {
      return UUID.fromString(text(claims, "jti"));
    } catch (IllegalArgumentException e) {
      throw new Refusal("the token cannot be read");
    }
  }

  private static JsonNode claims(byte[] json) throws Refusal {
    try {
      JsonNode claims = JSON.readTree(json);
      require(claims.isObject(), "the token cannot be read");
      return claims;
    } catch (IOException e) {
      throw new Refusal("the token cannot be read");
    }
  }

  private static String text(JsonNode claims, String name) throws Refusal {
    String text = claims.path(name).textValue();
    if (text == null) {
      throw new Refusal("the token has no " + name);
    }
    return text;
  }

  private static Instant instant(JsonNode claims, String name) throws Refusal {
    JsonNode number = claims.path(name);
    // Beyond the year 9999 nothing is meant, and arithmetic would overflow.
    if (!number.canConvertToLong() || number.asLong() < 0 || number.asLong() > 253_402_300_799L) {
      throw new Refusal("the token has no " + name);
    }
    return Instant.ofEpochSecond(number.asLong());
  }

  private static byte[] decoded(String part) throws Refusal {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw new Refusal("the token cannot be read");
    }
  }

  private static void require(boolean holds, String otherwise) throws Refusal {
    if (!holds) {
      throw new Refusal(otherwise);
    }
  }

  /** Ends the checks; carries the reason. */
  private static final class Refusal extends Exception {
    private final String reason;

    Refusal(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
