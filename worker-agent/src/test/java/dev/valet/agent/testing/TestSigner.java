package dev.valet.agent.testing;

import dev.valet.common.agent.RequestToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/** Signs requests as the API does. */
public final class TestSigner {
  private final KeyPair keys;

  /** With a fresh key. */
  public TestSigner() {
    try {
      keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key as agents are told it. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  /** A token for a {@code POST} to the process of {@link TestSettings#process}. */
  public String post(String target, String body, Instant now) {
    return post(TestSettings.BOOT, target, body, now);
  }

  /** A token for a {@code POST} to another process. */
  public String post(String boot, String target, String body, Instant now) {
    return sign(
        new RequestToken(
                TestSettings.SANDBOX,
                boot,
                UUID.randomUUID(),
                now.truncatedTo(ChronoUnit.SECONDS),
                RequestToken.hash("POST", target, body.getBytes(StandardCharsets.UTF_8)))
            .signingInput());
  }

  /** A token for a {@code GET} to the process with this {@code bootId}. */
  public String get(String target, String bootId, Instant now) {
    return sign(
        new RequestToken(
                TestSettings.SANDBOX,
                bootId,
                UUID.randomUUID(),
                now.truncatedTo(ChronoUnit.SECONDS),
                RequestToken.hash("GET", target, new byte[0]))
            .signingInput());
  }

  /** The input with its signature. */
  public String sign(String signingInput) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(keys.getPrivate());
      ed25519.update(signingInput.getBytes(StandardCharsets.US_ASCII));
      return RequestToken.compact(signingInput, ed25519.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
