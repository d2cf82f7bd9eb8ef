package dev.valet.agent.engine.wire;

import dev.valet.agent.platform.Awaiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Opens conversations with browsers. */
@Singleton
public final class ProtocolClient {
  /** The longest message: a screenshot. The agent's memory is small. */
  public static final int MAX_MESSAGE = 12 * 1024 * 1024;

  private static final Duration CALL_LIMIT = Duration.ofSeconds(5);

  private final WebSocketClient client;

  /** One for all browsers. */
  public ProtocolClient(Vertx vertx) {
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(MAX_MESSAGE)
                .setMaxMessageSize(MAX_MESSAGE));
  }

  /** Connects to a browser. */
  public Conversation open(URI endpoint, Duration limit) throws IOException, InterruptedException {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(endpoint.getHost())
            .setPort(endpoint.getPort())
            .setURI(endpoint.getRawPath())
            // Browsers refuse whoever names an origin: it might be a page.
            .setAllowOriginHeader(false);
    Conversation conversation = new Conversation();
    WebSocket socket =
        Awaiting.result(
            client.connect(options).map(conversation::over), limit, "connecting to the browser");
    socket.resume();
    return conversation;
  }

  /** Name and version of a browser that speaks the Chrome DevTools Protocol. */
  public String productAt(URI endpoint) throws IOException, InterruptedException {
    try (Conversation browser = open(endpoint, CALL_LIMIT)) {
      return browser
          .call("Browser.getVersion", Conversation.parameters(), CALL_LIMIT)
          .path("product")
          .asText();
    }
  }
}
