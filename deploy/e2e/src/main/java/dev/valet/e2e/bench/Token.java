package dev.valet.e2e.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/**
 * A token of an administrator, and the key that the API checks it with: signatures cost the same as
 * with a provider's keys, and no provider takes part of the machine.
 *
 * @param publicKey for {@code quarkus.oidc.public-key}
 * @param text the token
 */
record Token(String publicKey, String text) {
  static final URI ISSUER = URI.create("https://issuer.bench/valet");
  private static final String AUDIENCE = "valet-api";
  private static final int BITS = 2048;
  private static final int VALID_SECONDS = 3600;

  static Token create(Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      KeyPair keys = generator.generateKeyPair();
      String claims =
          """
          {"iss":"%s","aud":"%s","sub":"bench","groups":["admin"],"iat":%d,"exp":%d}\
          """
              .formatted(
                  ISSUER, AUDIENCE, now.getEpochSecond(), now.getEpochSecond() + VALID_SECONDS);
      String signed = part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + part(claims);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return new Token(
          Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
          signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has RSA", e);
    }
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
