package dev.valet.api.health;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** An agent that answers as it is told. */
final class FakeAgent implements AutoCloseable {
  private final UUID sandboxId;
  private final HttpServer server;
  private volatile int status = 200;
  private volatile String word = "healthy";
  private volatile String engine = "ready";
  private volatile String hatchet = "{\"state\":\"not_configured\",\"detail\":null}";

  FakeAgent(UUID sandboxId) {
    this.sandboxId = sandboxId;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/health",
        exchange -> {
          byte[] body = body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void fail() {
    status = 500;
  }

  void recover() {
    status = 200;
  }

  void breakEngine() {
    engine = "failed";
    word = "degraded";
  }

  void connection(String state, String workerId) {
    hatchet =
        """
        {"state":"%s","detail":"UNAVAILABLE: Connection refused","engineVersion":"v0.104.7",
         "workerId":"%s","streamSeconds":7,"heartbeatMillis":3,"lastTaskAt":"2026-01-01T00:00:00Z",
         "reconnects":2,"pendingEvents":1,"duplicates":0}
        """
            .formatted(state, workerId);
  }

  private String body() {
    return """
    {"status":"%s","version":"1.0","sandboxId":"%s","bootId":"boot-0000000000000001",
     "uptimeSeconds":12,"lifecycle":"ready","cpu":0.5,"memory":{"usedBytes":1,"totalBytes":2},
     "disk":null,"hatchet":%s,
     "engines":[{"name":"chromium","state":"%s","detail":null}],
     "desktop":{"state":"not_configured","detail":null},
     "tasks":{"active":1,"capacity":2},"checkedAt":"2026-01-01T00:00:00Z"}
    """
        .formatted(word, sandboxId, hatchet, engine);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
