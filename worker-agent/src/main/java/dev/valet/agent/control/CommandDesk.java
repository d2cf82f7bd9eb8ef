package dev.valet.agent.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.valet.common.agent.AgentCommand;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who does which command. */
@Singleton
public final class CommandDesk {
  private final Map<AgentCommand, CommandHandler> handlers = new ConcurrentHashMap<>();

  /** Gives the command to this handler from now on. */
  public void assign(AgentCommand command, CommandHandler handler) {
    handlers.put(command, handler);
  }

  Future<CommandReply> run(AgentCommand command, JsonNode body) {
    CommandHandler handler = handlers.get(command);
    return handler == null
        ? Future.succeededFuture(
            new CommandReply.Refused(409, "this agent cannot %s now".formatted(command.wire())))
        : handler.handle(body);
  }
}
