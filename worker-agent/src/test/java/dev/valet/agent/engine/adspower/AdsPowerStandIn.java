package dev.valet.agent.engine.adspower;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks AdsPower's local API: always HTTP 200, the verdict in {@code code}. */
final class AdsPowerStandIn implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private final HttpServer server;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger lastId = new AtomicInteger();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<JsonNode> created = new CopyOnWriteArrayList<>();
  final Set<String> profiles = ConcurrentHashMap.newKeySet();
  final Set<String> running = ConcurrentHashMap.newKeySet();
  volatile boolean overlapped;
  volatile String refusing = "";
  volatile String key;

  AdsPowerStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    overlapped |= underWay.incrementAndGet() > 1;
    String path = exchange.getRequestURI().getPath();
    calls.add(path);
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    String answer =
        path.equals(refusing) || !isAllowed(exchange)
            ? "{\"code\":-1,\"msg\":\"Too many request per second\",\"data\":{}}"
            : "{\"code\":0,\"msg\":\"success\",\"data\":" + data(exchange, path, body) + "}";
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    underWay.decrementAndGet();
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private boolean isAllowed(HttpExchange exchange) {
    return key == null
        || ("Bearer " + key).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private String data(HttpExchange exchange, String path, JsonNode body) {
    String id =
        String.valueOf(exchange.getRequestURI().getQuery()).replaceAll("user_id=(\\w+).*", "$1");
    switch (path) {
      case "/api/v1/user/create" -> {
        created.add(body);
        String fresh = "p" + lastId.incrementAndGet();
        profiles.add(fresh);
        return "{\"id\":\"" + fresh + "\"}";
      }
      case "/api/v1/browser/start" -> {
        running.add(id);
        return "{\"ws\":{\"puppeteer\":\"ws://127.0.0.1:9/devtools/browser/" + id + "\"}}";
      }
      case "/api/v1/browser/stop" -> running.remove(id);
      case "/api/v1/user/delete" ->
          body.path("user_ids").forEach(which -> profiles.remove(which.asText()));
      default -> {}
    }
    return "{}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
