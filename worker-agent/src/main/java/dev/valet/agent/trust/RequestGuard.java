package dev.valet.agent.trust;

import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.platform.ApiSilence;
import dev.valet.agent.platform.ProcessFacts;
import dev.valet.agent.platform.Settings;
import dev.valet.agent.trust.TokenVerifier.Request;
import dev.valet.common.agent.AgentConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets requests pass that the API signed for this process, each once. */
@Singleton
public final class RequestGuard {
  private static final String BEARER = "Bearer ";

  private final TokenVerifier verifier;
  private final SpentTokens spent = new SpentTokens();
  private final Lifecycle lifecycle;
  private final ApiSilence silence;
  private final Clock clock;

  /** With nothing spent yet. */
  public RequestGuard(
      Settings settings,
      ProcessFacts process,
      Lifecycle lifecycle,
      ApiSilence silence,
      Clock clock) {
    this.verifier = new TokenVerifier(settings.sandboxId(), process.bootId());
    this.lifecycle = lifecycle;
    this.silence = silence;
    this.clock = clock;
  }

  /**
   * Spends the token, if it is good.
   *
   * @param authorization the header; null if there is none
   * @return why the request must not pass, for people and without secrets; empty if it may
   */
  public Optional<String> refusal(@Nullable String authorization, Request request) {
    AgentConfig config = lifecycle.current().config();
    if (config == null) {
      return Optional.of("this agent has not enrolled yet and knows nobody");
    }
    if (authorization == null || !authorization.startsWith(BEARER)) {
      return Optional.of("there is no token");
    }
    String token = authorization.substring(BEARER.length());
    Instant now = clock.instant();
    return switch (verifier.verify(token, request, config.commandPublicKey(), now)) {
      case TokenVerdict.Invalid invalid -> Optional.of(invalid.reason());
      case TokenVerdict.Valid valid -> {
        silence.heard();
        yield spent.refusal(valid, now);
      }
    };
  }
}
