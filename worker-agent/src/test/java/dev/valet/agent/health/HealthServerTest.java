package dev.valet.agent.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.testing.TestSettings;
import dev.valet.common.health.AgentHealth;
import dev.valet.common.health.AgentLifecycle;
import dev.valet.common.health.AgentStatus;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthServerTest {
  @TempDir Path stateDir;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Lifecycle lifecycle = new Lifecycle();
  private HealthServer server;
  private int port;

  @BeforeEach
  void listen() throws Exception {
    HealthBoard board = TestBoard.of(lifecycle, stateDir);
    AgentMetrics metrics =
        new AgentMetrics(
            board,
            TestSettings.process(Duration.ofSeconds(90)),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    server =
        new HealthServer(vertx, new HealthRoutes(board, metrics, System::nanoTime, TestBoard.JSON));
    port = await(server.listen("127.0.0.1", 0)).actualPort();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    await(vertx.close());
  }

  @Test
  void healthIsAnsweredFromTheFirstToTheLastState() throws Exception {
    assertHealth(503, AgentLifecycle.STARTING, AgentStatus.STARTING);
    lifecycle.beginEnrolment();
    assertHealth(503, AgentLifecycle.ENROLLING, AgentStatus.STARTING);
    lifecycle.stillEnrolling("again");
    TestBoard.becomeReady(lifecycle);
    assertHealth(200, AgentLifecycle.READY, AgentStatus.HEALTHY);
    lifecycle.drain();
    assertHealth(200, AgentLifecycle.DRAINING, AgentStatus.DEGRADED);
    lifecycle.stop();
    assertHealth(503, AgentLifecycle.STOPPED, AgentStatus.UNHEALTHY);
  }

  @Test
  void readinessTellsWhatIsMissing() throws Exception {
    lifecycle.beginEnrolment();
    lifecycle.stillEnrolling("the API answers HTTP 503");

    HttpResponse<String> waiting = get("/health/ready");
    assertThat(waiting.statusCode()).isEqualTo(503);
    assertThat(waiting.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(waiting.body()).contains("enrolling: the API answers HTTP 503");

    TestBoard.becomeReady(lifecycle);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void liveDoesNotDependOnReadiness() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void queryIsIgnored() throws Exception {
    assertThat(get("/health/live?x=1").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsCountAnswersInAClosedSetOfSeries() throws Exception {
    get("/health/live");
    get("/one-" + "x".repeat(100));
    get("/two");

    String metrics = get("/metrics").body();

    assertThat(metrics)
        .contains(
            "http_server_requests_seconds_count{method=\"GET\",route=\"/health/live\",status=\"200\"} 1",
            "http_server_requests_seconds_count{method=\"GET\",route=\"other\",status=\"404\"} 2",
            "valet_agent_info{version=\"1.2.3\"} 1",
            "valet_agent_lifecycle{state=\"starting\"} 1.0",
            "valet_agent_ready 0.0",
            "process_uptime_seconds 90.0",
            "system_cpu_share NaN")
        .doesNotContain("one-", "/two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/metrics"})
  void headAnswersLikeGetWithoutBody(String path) throws Exception {
    HttpResponse<String> head =
        client.send(HttpRequest.newBuilder(uri(path)).HEAD().build(), BodyHandlers.ofString());

    assertThat(head.statusCode()).isEqualTo(get(path).statusCode());
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/nothing", "/health/", "/health/other", "/HEALTH", "/../health"})
  void otherPathsAreNotFound(String path) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("\"status\":404");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "NONSENSE"})
  void otherMethodsAreNotAllowed(String method) throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(uri("/health")).method(method, BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(response.body()).contains("\"status\":405");
  }

  @ParameterizedTest
  @CsvSource({"GET, 413", "POST, 405"})
  void bodyIsRefusedAtOnceEvenIfItNeverComes(String method, int status) throws Exception {
    assertThat(
            raw(method + " /health HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nabc"))
        .startsWith("HTTP/1.1 " + status)
        .contains("Connection: close");
    assertThat(raw(method + " /health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void oversizedRequestLinesAndHeadersAreRefused() throws Exception {
    assertThat(raw("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .contains(" 414 ");
    assertThat(raw("GET /health HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
        .contains(" 431 ");
  }

  @Test
  void rubbishDoesNotStopTheServer() throws Exception {
    raw("\u0000\u0001\u0002 rubbish\r\n\r\n");

    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void addressInUseIsTold() {
    assertThatThrownBy(() -> await(server.listen("127.0.0.1", port)))
        .hasStackTraceContaining("Address already in use");
  }

  private void assertHealth(int httpStatus, AgentLifecycle state, AgentStatus status)
      throws Exception {
    HttpResponse<String> response = get("/health");
    AgentHealth health = TestBoard.JSON.readValue(response.body(), AgentHealth.class);
    assertThat(response.statusCode()).isEqualTo(httpStatus);
    assertThat(health.lifecycle()).isEqualTo(state);
    assertThat(health.status()).isEqualTo(status);
    assertThat(health.sandboxId()).isEqualTo(TestSettings.SANDBOX);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  /** Sends the text and reads until the server closes the connection. */
  private String raw(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
