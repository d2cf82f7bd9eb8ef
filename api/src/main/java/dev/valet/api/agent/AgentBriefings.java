package dev.valet.api.agent;

import dev.valet.api.agent.AgentBriefing.Engine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Draws up the current briefing; the engine's token is read from its file each time. */
@ApplicationScoped
class AgentBriefings {
  private static final Logger LOG = Logger.getLogger(AgentBriefings.class);

  /** Three parts of base64url; what the engine thinks of it, only the engine can tell. */
  private static final Pattern JWT = Pattern.compile("[\\w-]{1,4000}\\.[\\w-]{1,4000}\\.[\\w-]*");

  private static final int MAX_TOKEN = 4096;

  private final CommandKeys keys;
  private final HatchetConfig config;
  private final Vertx vertx;

  AgentBriefings(CommandKeys keys, HatchetConfig config, Vertx vertx) {
    this.keys = keys;
    this.config = config;
    this.vertx = vertx;
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
    return config
        .tokenFile()
        .map(this::token)
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .map(token -> token.map(this::engine));
  }

  private Engine engine(String token) {
    return new Engine(
        token,
        config.grpcAddress().orElse(null),
        config.serverUrl().orElse(null),
        config.tlsStrategy());
  }

  private Uni<Optional<String>> token(Path file) {
    return Uni.createFrom()
        .completionStage(() -> vertx.fileSystem().readFile(file.toString()).toCompletionStage())
        .map(content -> wellFormed(file, content))
        .onFailure()
        .recoverWithItem(Optional.empty());
  }

  private static Optional<String> wellFormed(Path file, Buffer content) {
    String text = content.length() > MAX_TOKEN ? "" : content.toString().strip();
    if (!JWT.matcher(text).matches()) {
      LOG.warnf("%s holds no token of a task engine; agents take no tasks", file);
      return Optional.empty();
    }
    return Optional.of(text);
  }
}
