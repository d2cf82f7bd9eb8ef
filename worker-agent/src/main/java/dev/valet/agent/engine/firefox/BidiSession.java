package dev.valet.agent.engine.firefox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.valet.agent.engine.wire.Conversation;
import java.io.IOException;
import java.time.Duration;

/** The one session that a Firefox has. */
public final class BidiSession {
  private BidiSession() {}

  /**
   * Begins it; it lives as long as the browser, and only this conversation can use it.
   *
   * @return what the browser tells of itself
   */
  public static JsonNode begin(Conversation browser, Duration limit)
      throws IOException, InterruptedException {
    ObjectNode parameters = Conversation.parameters();
    parameters
        .putObject("capabilities")
        .putObject("alwaysMatch")
        .putObject("unhandledPromptBehavior")
        .put("default", "dismiss");
    return browser.call("session.new", parameters, limit);
  }
}
