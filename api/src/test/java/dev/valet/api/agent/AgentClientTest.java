package dev.valet.api.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.valet.api.agent.ProbeResult.Failure;
import dev.valet.api.agent.ProbeResult.FailureKind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentClientTest {
  private static final UUID SANDBOX = UUID.fromString("01970000-0000-7000-8000-000000000001");
  private static final String GOOD = "{\"status\":\"healthy\",\"sandboxId\":\"" + SANDBOX + "\"}";
  private static final Duration TIMEOUT = Duration.ofMillis(400);

  private final Vertx vertx = Vertx.vertx();
  private final AgentClient client = new AgentClient(vertx, new Config());
  private final List<String> headersSeen = new CopyOnWriteArrayList<>();
  private HttpServer agent;

  @BeforeEach
  void startAgent() throws IOException {
    agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.start();
  }

  @AfterEach
  void stop() {
    client.close();
    agent.stop(0);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void readsAGoodAnswerAndSendsNoCredential() {
    answer(200, GOOD, null);

    ProbeResult result = probe(agent.getAddress().getPort());

    assertThat(result).isInstanceOf(ProbeResult.Answer.class);
    assertThat(headersSeen).doesNotContain("authorization", "cookie");
  }

  @Test
  void refusedConnectionIsUnreachable() {
    int port = agent.getAddress().getPort();
    agent.stop(0);

    assertFailure(probe(port), FailureKind.UNREACHABLE, "the connection was refused");
  }

  @Test
  void blackHoleEndsInTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProbeResult result = probe(silent.getLocalPort());

      assertFailure(result, FailureKind.TIMEOUT, "no answer within 400 ms");
      assertThat(result.took()).isBetween(TIMEOUT, TIMEOUT.multipliedBy(3));
    }
  }

  @Test
  void drippingBodyEndsInTimeToo() {
    agent.createContext(
        "/health",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var body = exchange.getResponseBody()) {
            for (int i = 0; i < 50; i++) {
              body.write(' ');
              body.flush();
              java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
          } catch (IOException hungUp) {
            exchange.close();
          }
        });

    assertThat(probe(agent.getAddress().getPort()))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT));
  }

  @Test
  void redirectIsNotFollowed() {
    answer(302, "", "http://127.0.0.1:" + agent.getAddress().getPort() + "/elsewhere");
    agent.createContext("/elsewhere", exchange -> headersSeen.add("FOLLOWED"));

    assertFailure(
        probe(agent.getAddress().getPort()),
        FailureKind.HTTP_STATUS,
        "the agent answered with HTTP 302");
    assertThat(headersSeen).doesNotContain("FOLLOWED");
  }

  @Test
  void largestBodyPassesAndOneByteMoreDoesNot() {
    String padding = " ".repeat(64 * 1024 - GOOD.length());
    answer(200, GOOD + padding, null);
    assertThat(probe(agent.getAddress().getPort())).isInstanceOf(ProbeResult.Answer.class);

    agent.removeContext("/health");
    answer(200, GOOD + padding + " ", null);
    assertFailure(
        probe(agent.getAddress().getPort()),
        FailureKind.TOO_LARGE,
        "the answer is larger than 64 KiB");
  }

  @Test
  void answerOfAnotherProtocolIsAFailure() throws IOException {
    try (ServerSocket ssh = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = ssh.accept()) {
              socket
                  .getOutputStream()
                  .write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException hungUp) {
              // The client may hang up first; what it made of it is asserted below.
            }
          });
      assertThat(probe(ssh.getLocalPort())).isInstanceOf(Failure.class);
    }
  }

  private ProbeResult probe(int port) {
    return client.health(SANDBOX, "127.0.0.1", port).await().atMost(Duration.ofSeconds(5));
  }

  private void answer(int status, String body, String location) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    agent.createContext(
        "/health",
        exchange -> {
          exchange
              .getRequestHeaders()
              .keySet()
              .forEach(name -> headersSeen.add(name.toLowerCase(java.util.Locale.ROOT)));
          if (location != null) {
            exchange.getResponseHeaders().set("Location", location);
          }
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private static void assertFailure(ProbeResult result, FailureKind kind, String detail) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(kind);
              assertThat(failure.detail()).isEqualTo(detail);
            });
  }

  private record Config() implements AgentClientConfig {
    @Override
    public Duration timeout() {
      return TIMEOUT;
    }

    @Override
    public Duration commandTimeout() {
      return TIMEOUT;
    }

    @Override
    public int connectionsPerAgent() {
      return 2;
    }
  }
}
