package dev.valet.api.agent;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The task engine that agents work for, for those who ask it themselves. */
@ApplicationScoped
public class TaskEngineSettings {
  private final HatchetConfig config;
  private final EngineTokens tokens;

  TaskEngineSettings(HatchetConfig config, EngineTokens tokens) {
    this.config = config;
    this.tokens = tokens;
  }

  /** Whether this installation has a task engine at all. */
  public boolean isConfigured() {
    return config.tokenFile().isPresent();
  }

  /**
   * How to ask it now; fails with {@link IllegalArgumentException}, whose message is for people, as
   * long as token or settings do not tell.
   */
  public Uni<TaskEngineAccess> access() {
    return tokens
        .current()
        .map(token ->
            TaskEngineAccess.of(
                token.orElseThrow(() ->
                    new IllegalArgumentException("VALET_HATCHET_TOKEN_FILE holds no token yet")),
                config.serverUrl().orElse(null)));
  }
}
