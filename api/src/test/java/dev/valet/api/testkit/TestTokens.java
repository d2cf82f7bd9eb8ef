package dev.valet.api.testkit;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Mints bearer tokens that the API under test accepts. The groups {@code viewer}, {@code operator},
 * {@code admin} and {@code auditor} are the roles of that name everywhere; {@code dev-viewer} and
 * {@code dev-auditor} hold in the environment dev alone.
 */
public final class TestTokens {
  /** Carries the key from the test resource, which lives in another class loader. */
  static final String KEY_PROPERTY = "dev.valet.test.private-key";

  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private static final String HEAD =
      part("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + FakeIssuer.KEY_ID + "\"}");
  private static final int BITS = 2048;

  private TestTokens() {}

  /** A token of somebody in these groups, whose subject is the first one's name. */
  public static String as(String... groups) {
    String subject = groups.length == 0 ? "nobody" : groups[0];
    return sign(claims(subject, groups));
  }

  /** The claims of a good token, to be spoiled by the test. */
  public static JsonObject claims(String subject, String... groups) {
    long now = Clock.systemUTC().instant().getEpochSecond();
    return new JsonObject()
        .put("iss", ValetTestResource.ISSUER)
        .put("aud", List.of(ValetTestResource.AUDIENCE))
        .put("sub", subject)
        .put("preferred_username", subject)
        .put("groups", Arrays.asList(groups))
        .put("iat", now)
        .put("exp", now + 600);
  }

  /** A token with these claims, signed with the right key. */
  public static String sign(JsonObject claims) {
    return sign(claims, rightKey());
  }

  /** A token with these claims, signed with another key. */
  public static String sign(JsonObject claims, PrivateKey key) {
    return sign(claims.encode(), key);
  }

  /** A token with these claims as JSON, signed with the right key. */
  static String sign(String claims) {
    return sign(claims, rightKey());
  }

  private static String sign(String claims, PrivateKey key) {
    try {
      String signed = HEAD + "." + part(claims);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A fresh RSA key pair. */
  public static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String part(String json) {
    return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static PrivateKey rightKey() {
    try {
      byte[] key = Base64.getDecoder().decode(System.getProperty(KEY_PROPERTY));
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
