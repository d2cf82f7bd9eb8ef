package dev.valet.e2e.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What an agent needs of Valet's API and of EC2 to begin: it enrols whoever asks. */
final class MadeUpApi implements AutoCloseable {
  static final String SANDBOX = "01900000-0000-7000-8000-000000000001";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final Map<String, Object> config;

  /**
   * Begins to answer.
   *
   * @param grpcPort where the agents find the engine
   */
  MadeUpApi(EngineUnderTest engine, int grpcPort, int slots) throws IOException {
    config =
        Map.of(
            "sandboxId",
            SANDBOX,
            "capacity",
            slots,
            "engines",
            List.of(),
            "commandPublicKey",
            "a2V5",
            "hatchet",
            Map.of(
                "token",
                engine.token(),
                "grpcAddress",
                "127.0.0.1:" + grpcPort,
                "tlsStrategy",
                "none",
                "labels",
                Map.of()));
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    exchange.getRequestBody().readAllBytes();
    byte[] body =
        switch (path.substring(path.lastIndexOf('/') + 1)) {
          case "enroll" ->
              JSON.writeValueAsBytes(
                  Map.of("credential", "credential-of-the-bench", "config", config));
          case "config" -> JSON.writeValueAsBytes(config);
          case "instance-id" -> "i-0123456789abcdef0".getBytes(StandardCharsets.US_ASCII);
          default -> "bench".getBytes(StandardCharsets.US_ASCII);
        };
    exchange.sendResponseHeaders(200, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
