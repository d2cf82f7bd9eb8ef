package dev.valet.agent.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;

/** Does what one command asks for. */
@FunctionalInterface
public interface CommandHandler {
  /**
   * Called on the server's event loop; must not block. A command may come again and again: what is
   * done already is answered like what is done now.
   *
   * @param body a JSON object, maybe empty; not checked beyond that
   * @return fails only for faults of the agent itself
   */
  Future<CommandReply> handle(JsonNode body);
}
