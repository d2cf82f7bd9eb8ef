package dev.valet.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.valet.agent.control.Reach.Target;
import dev.valet.agent.lifecycle.Lifecycle;
import dev.valet.agent.platform.ApiSilence;
import dev.valet.agent.platform.ClockSkew;
import dev.valet.agent.task.WorkBoard;
import dev.valet.agent.testing.TestSettings;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.agent.HatchetConnection;
import dev.valet.common.agent.TlsStrategy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnosticsTest {
  private static final String TOKEN = "engine-token-s3cr3t";
  private static final String BOOTSTRAP = "bootstrap-token-s3cr3t";
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void theReportTellsWhatIsWrongAndNoSecret() throws Exception {
    Lifecycle lifecycle = new Lifecycle();
    ClockSkew skew = new ClockSkew();
    Diagnostics diagnostics = diagnostics(lifecycle, skew);
    lifecycle.beginEnrolment();
    lifecycle.enrolled(
        new AgentConfig(
            TestSettings.SANDBOX,
            4,
            List.of("chromium"),
            "a2V5",
            new HatchetConnection(TOKEN, null, null, TlsStrategy.NONE, Map.of()),
            60));
    diagnostics.trouble(() -> "the API answers HTTP 404");
    Instant now = Instant.now();
    skew.learn(now.plusSeconds(30), now, now);
    try (ServerSocket engine = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      diagnostics.engine(() ->
          Optional.of(
              new Diagnostics.Engine(
                  "127.0.0.1", engine.getLocalPort(), false, now.minusSeconds(1))));
      for (int i = 0; i < 60; i++) {
        Logger.getLogger("dev.valet.test").warnf("trouble %d %s", i, "x".repeat(1_000));
      }
      Logger.getLogger("dev.valet.test").info("not worth telling");

      String text = collected(diagnostics);

      JsonNode report = JSON.readTree(text);
      assertThat(text).doesNotContain(TOKEN, BOOTSTRAP, "not worth telling");
      assertThat(text.length()).isLessThan(60_000);
      assertThat(report.path("lifecycle").asText()).isEqualTo("ready");
      assertThat(report.path("clockSkewMillis").asLong()).isEqualTo(30_500);
      assertThat(report.path("settings").path("capacity").asInt()).isEqualTo(4);
      assertThat(report.path("api").path("ok").asBoolean()).isFalse();
      assertThat(report.path("api").path("detail").asText()).contains("nothing listens there");
      assertThat(report.path("api").path("lastTrouble").asText()).contains("HTTP 404");
      assertThat(report.path("hatchet").path("reach").path("ok").asBoolean()).isTrue();
      assertThat(report.path("hatchet").path("tokenExpired").asBoolean()).isTrue();
      assertThat(report.path("hatchet").path("facts").path("state").asText())
          .isEqualTo("not_configured");
      assertThat(report.path("disk").path("usableBytes").asLong()).isPositive();
      assertThat(report.path("warnings")).hasSize(LogRing.MOST);
      assertThat(report.path("warnings").get(0).path("text").asText()).startsWith("trouble 10 x");
      assertThat(report.path("warnings").get(0).path("text").asText().length())
          .isEqualTo(LogRing.LONGEST + 3);
    }
  }

  @Test
  void whoseFaultItIsIsSaidInWords() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = plain.accept()) {
              socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
            } catch (java.io.IOException hungUp) {
              // What the client made of it is asserted below.
            }
          });
      assertThat(detail(new Target("127.0.0.1", plain.getLocalPort(), true))).startsWith("TLS: ");
    }
    assertThat(detail(new Target("nowhere.invalid", 443, true))).startsWith("DNS: ");
    assertThat(detail(new Target("127.0.0.1", 1, false))).contains("refused");
  }

  private Diagnostics diagnostics(Lifecycle lifecycle, ClockSkew skew) {
    return new Diagnostics(
        vertx,
        TestSettings.in(folder).with("VALET_BOOTSTRAP_TOKEN", BOOTSTRAP).settings(),
        TestSettings.process(Duration.ofSeconds(9)),
        lifecycle,
        new WorkBoard(),
        skew,
        new ApiSilence(() -> 0),
        JSON,
        Clock.systemUTC());
  }

  private static String collected(Diagnostics diagnostics) throws Exception {
    CommandReply reply = await(diagnostics.collect(JsonNodeFactory.instance.objectNode()));
    return JSON.writeValueAsString(((CommandReply.Done) reply).body());
  }

  private String detail(Target target) throws Exception {
    return (String) await(new Reach(vertx).check(target)).get("detail");
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
