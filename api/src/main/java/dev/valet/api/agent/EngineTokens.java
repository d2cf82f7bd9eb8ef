package dev.valet.api.agent;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The task engine's token, read from its file each time, so that a rotated one needs no restart.
 */
@ApplicationScoped
class EngineTokens {
  private static final Logger LOG = Logger.getLogger(EngineTokens.class);

  /** Three parts of base64url; what the engine thinks of it, only the engine can tell. */
  private static final Pattern JWT = Pattern.compile("[\\w-]{1,4000}\\.[\\w-]{1,4000}\\.[\\w-]*");

  private static final int MAX_TOKEN = 4096;

  private final HatchetConfig config;
  private final Vertx vertx;

  EngineTokens(HatchetConfig config, Vertx vertx) {
    this.config = config;
    this.vertx = vertx;
  }

  /** The token; empty without an engine, or while its file holds none. */
  Uni<Optional<String>> current() {
    return config
        .tokenFile()
        .map(this::read)
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Optional<String>> read(Path file) {
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
