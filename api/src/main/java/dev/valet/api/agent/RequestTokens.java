package dev.valet.api.agent;

import dev.valet.common.agent.RequestToken;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Signs requests to agents with the installation's key. */
@ApplicationScoped
public class RequestTokens {
  private final CommandKeys keys;
  private final Clock clock;

  RequestTokens(CommandKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * A token for exactly this request to exactly this agent process; see {@link RequestToken}.
   *
   * @param target path and query as they will be sent
   * @param body empty for none
   */
  public Uni<String> issue(
      UUID sandboxId, String bootId, HttpMethod method, String target, Buffer body) {
    RequestToken token =
        new RequestToken(
            sandboxId,
            bootId,
            UUID.randomUUID(),
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            RequestToken.hash(method.name(), target, body.getBytes()));
    return keys.privateKey().map(key -> signed(token.signingInput(), key));
  }

  private static String signed(String input, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return RequestToken.compact(input, signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java since 15 has Ed25519", e);
    }
  }
}
