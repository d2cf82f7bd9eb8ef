package dev.valet.agent.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.valet.agent.control.CommandReply.Done;
import dev.valet.agent.control.CommandReply.Refused;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Command {@code restart-engine} with {@code engine}.
 *
 * @param restart begins to restart the engine of that name, completing when that has begun; empty
 *     if there is no such engine
 */
public record RestartEngine(Function<String, Optional<Future<Void>>> restart)
    implements CommandHandler {

  @Override
  public Future<CommandReply> handle(JsonNode body) {
    String name = body.path("engine").textValue();
    if (name == null || !name.matches("[a-z][a-z0-9-]{0,31}")) {
      return Future.succeededFuture(new Refused(400, "engine is the name of an engine"));
    }
    return restart
        .apply(name)
        .map(begun -> begun.<CommandReply>map(done -> new Done(Map.of("restarting", name))))
        .orElseGet(() -> Future.succeededFuture(new Refused(404, "there is no engine " + name)));
  }
}
