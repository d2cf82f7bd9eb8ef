package dev.valet.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.platform.ApiSilence;
import dev.valet.agent.testing.LogCapture;
import dev.valet.agent.testing.TestSettings;
import dev.valet.agent.testing.TestSigner;
import dev.valet.agent.trust.RequestGuard;
import dev.valet.common.agent.AgentCommand;
import dev.valet.common.agent.AgentConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlRouteTest {
  private static final String DRAIN = "/control/drain";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final LogCapture log = LogCapture.start();
  private final TestSigner api = new TestSigner();
  private final Lifecycle lifecycle = new Lifecycle();
  private final CommandDesk desk = new CommandDesk();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private int port;

  @BeforeEach
  void listen() throws Exception {
    Clock clock = Clock.systemUTC();
    RequestGuard guard =
        new RequestGuard(
            TestSettings.in(Path.of("/nowhere")).settings(),
            TestSettings.process(Duration.ZERO),
            lifecycle,
            new ApiSilence(System::nanoTime),
            clock);
    ControlRoute route = new ControlRoute(vertx, guard, desk, new ObjectMapper(), clock);
    HttpServerOptions options = new HttpServerOptions().setHttp2ClearTextEnabled(false);
    port =
        await(vertx.createHttpServer(options).requestHandler(route::handle).listen(0)).actualPort();
    desk.assign(
        AgentCommand.DRAIN,
        body -> {
          done.add(body.toString());
          return Future.succeededFuture(new CommandReply.Done(Map.of("draining", true)));
        });
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    log.close();
    await(vertx.close());
  }

  @Test
  void aSignedCommandIsDone() throws Exception {
    enrol();

    HttpResponse<String> answer = post(DRAIN, "{\"deadlineSeconds\":5}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"draining\":true}");
    assertThat(done).containsExactly("{\"deadlineSeconds\":5}");
  }

  @Test
  void nobodyCommandsAnAgentThatKnowsNoKey() throws Exception {
    assertRefused(post(DRAIN, "{}"), 401, "has not enrolled");
  }

  @Test
  void noTokenAWrongOneAndAUsedOneAreRefusedAndLoggedWithoutIt() throws Exception {
    enrol();
    String token = api.post(DRAIN, "{}", Instant.now());
    assertRefused(send(DRAIN, "{}", null), 401, "there is no token");
    assertRefused(send(DRAIN, "{}", "Basic " + token), 401, "there is no token");
    assertRefused(send(DRAIN, "{\"x\":1}", "Bearer " + token), 401, "for another request");

    assertThat(send(DRAIN, "{}", "Bearer " + token).statusCode()).isEqualTo(200);

    assertRefused(send(DRAIN, "{}", "Bearer " + token), 401, "it was used before");
    assertThat(done).hasSize(1);
    assertThat(log.text())
        .contains("drain refused: it was used before", "drain refused: there is no token")
        .doesNotContain(token, token.split("\\.")[2]);
  }

  @Test
  void whatNobodyDoesIsAConflictAndAFaultIsNotHidden() throws Exception {
    enrol();
    assertRefused(post("/control/restart-engine", "{}"), 409, "cannot restart-engine now");

    desk.assign(AgentCommand.RESUME, body -> Future.failedFuture(new IllegalStateException("oh")));
    assertRefused(post("/control/resume", "{}"), 500, "the log says why");
    assertThat(log.text()).contains("command resume failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/control/", "/control/nothing", "/control/drain/", "/control/DRAIN"})
  void otherCommandsAreNotThere(String path) throws Exception {
    enrol();
    assertRefused(post(path, "{}"), 404, "no such command");
  }

  @Test
  void commandsAreNotRead() throws Exception {
    HttpRequest get = HttpRequest.newBuilder(uri(DRAIN)).build();

    HttpResponse<String> answer = client.send(get, BodyHandlers.ofString());

    assertRefused(answer, 405, "POST");
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "{", "null", "\u0000"})
  void aBodyThatIsNoObjectIsRefused(String body) throws Exception {
    enrol();
    assertRefused(post(DRAIN, body), 400, "not a JSON object");
    assertThat(done).isEmpty();
  }

  @Test
  void theLargestBodyPassesAndOneByteMoreDoesNot() throws Exception {
    enrol();
    String largest = "{\"x\":\"" + "y".repeat(BoundedBody.MOST - 8) + "\"}";
    assertThat(largest).hasSize(BoundedBody.MOST);
    assertThat(post(DRAIN, largest).statusCode()).isEqualTo(200);
    assertRefused(post(DRAIN, largest + " "), 413, "larger than 16 KiB");
  }

  @Test
  void aBodyThatNeverEndsIsCutOff() throws Exception {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      socket.setSoTimeout(30_000);
      String head = "POST " + DRAIN + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

      byte[] answer = socket.getInputStream().readAllBytes();

      assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 408");
    }
  }

  @Test
  void aFloodOfRefusalsDoesNotFloodTheLog() throws Exception {
    for (int i = 0; i < 60; i++) {
      send(DRAIN, "{}", null);
    }
    assertThat(log.text().lines().filter(line -> line.contains("refused")).count())
        .isBetween(20L, 40L);
  }

  private void enrol() {
    lifecycle.beginEnrolment();
    lifecycle.enrolled(new AgentConfig(TestSettings.SANDBOX, 1, List.of(), api.publicKey()));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(path, body, "Bearer " + api.post(path, body, Instant.now()));
  }

  private HttpResponse<String> send(String path, String body, String authorization)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(reason);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
