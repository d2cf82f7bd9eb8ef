package dev.valet.api.agent;

import dev.valet.api.agent.AgentBriefing.Engine;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Draws up the current briefing; the engine's token is read from its file each time. */
@ApplicationScoped
class AgentBriefings {
  private final CommandKeys keys;
  private final HatchetConfig config;
  private final EngineTokens tokens;

  AgentBriefings(CommandKeys keys, HatchetConfig config, EngineTokens tokens) {
    this.keys = keys;
    this.config = config;
    this.tokens = tokens;
  }

  Uni<AgentBriefing> current() {
    return keys.publicKey().chain(key -> engine().map(engine -> briefing(key, engine)));
  }

  private AgentBriefing briefing(String publicKey, Optional<Engine> engine) {
    boolean missing = config.tokenFile().isPresent() && engine.isEmpty();
    return new AgentBriefing(
        publicKey, engine.orElse(null), missing ? config.refreshWhileMissing() : config.refresh());
  }

  private Uni<Optional<Engine>> engine() {
    return tokens.current().map(token -> token.map(this::engine));
  }

  private Engine engine(String token) {
    return new Engine(
        token,
        config.grpcAddress().orElse(null),
        config.serverUrl().orElse(null),
        config.tlsStrategy());
  }
}
