package dev.valet.agent.platform;

import io.vertx.core.http.HttpServerRequest;

/** What another package serves on the agent's one HTTP server. */
public interface ServerRoute {
  /** Whether a request for this path, never null, is its own. */
  boolean serves(String path);

  /** Answers, on the server's event loop; must not block. */
  void handle(HttpServerRequest request);
}
