package dev.valet.api.taskengine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An engine's REST API that answers as it is told, in the shapes of the real one; the end-to-end
 * test of deploy/e2e reads the same figures from a real one.
 */
final class FakeEngine implements AutoCloseable {
  private static final String TENANT = "tenant-1";

  private final HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> workers = new ArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile int status = 200;
  private volatile String instead;
  private volatile int queued;
  private volatile String oldest = "2030-01-01T00:00:00Z";

  FakeEngine() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** A token that names this engine; its signature is nobody's business here. */
  String token() {
    String claims =
        "{\"sub\":\"%s\",\"server_url\":\"http://127.0.0.1:%d\",\"exp\":4102444800}"
            .formatted(TENANT, server.getAddress().getPort());
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }

  void queued(int tasks, String since) {
    queued = tasks;
    oldest = since;
  }

  void worker(String id, UUID sandbox, String state, int free) {
    workers.add(
        """
        {"metadata": {"id": "%s"}, "status": "%s", "actions": ["check:run"],
         "labels": [{"key": "sandbox", "value": "%s"}],
         "slotConfig": {"default": {"available": %d, "limit": 2}}}
        """
            .formatted(id, state, sandbox, free));
  }

  void noWorkers() {
    workers.clear();
  }

  void answerAll(int code, String body) {
    status = code;
    instead = body;
  }

  void wellAgain() {
    answerAll(200, null);
  }

  /** Answers wait until the gate opens. */
  CountDownLatch hold() {
    gate = new CountDownLatch(1);
    return gate;
  }

  /** Paths asked so far. */
  List<String> asked() {
    return asked;
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().getPath());
    try (exchange) {
      boolean opened = gate.await(20, TimeUnit.SECONDS);
      boolean known =
          exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer e30.");
      String told = instead == null ? body(exchange.getRequestURI().toString()) : instead;
      byte[] bytes = told.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(known && opened ? status : 401, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String body(String uri) {
    String tenant = "/api/v1/tenants/" + TENANT;
    if (uri.equals(tenant + "/step-run-queue-metrics")) {
      return "{\"queues\": " + (queued == 0 ? "{}" : "{\"check:run\": " + queued + "}") + "}";
    }
    if (uri.equals(tenant + "/task-stats")) {
      return """
      {"run": {"queued": {"oldest": "%s", "queues": {"check:run": %d}, "total": %d},
        "running": {"total": 1}}}
      """
          .formatted(oldest, queued, queued);
    }
    if (uri.startsWith("/api/v1/stable/tenants/" + TENANT + "/task-metrics?since=")) {
      return """
      [{"status": "QUEUED", "count": %d}, {"status": "RUNNING", "count": 1},
       {"status": "COMPLETED", "count": 7}, {"status": "FAILED", "count": 2}]
      """
          .formatted(queued);
    }
    if (uri.startsWith(tenant + "/worker?limit=500&offset=0")) {
      return "{\"rows\": [" + String.join(",", workers) + "]}";
    }
    return "{}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
