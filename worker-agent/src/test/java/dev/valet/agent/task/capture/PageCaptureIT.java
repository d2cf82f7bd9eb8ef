package dev.valet.agent.task.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.engine.EngineRig;
import dev.valet.agent.engine.process.ProcessRig;
import dev.valet.agent.netguard.TestProxy;
import dev.valet.agent.task.TaskOutcome;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.agent.task.TaskOutcome.Failed;
import dev.valet.agent.testing.Browsers;
import dev.valet.agent.testing.TestAttempt;
import dev.valet.local.host.Waiting;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real browsers, real pages; names are answered by the test. */
class PageCaptureIT {
  private static final JsonMapper JSON = new JsonMapper();
  @TempDir static Path state;
  private static PageServer server;
  private static EngineRig rig;
  private static PageCapture task;

  @BeforeAll
  static void start() throws Exception {
    server = new PageServer();
    TestProxy names =
        new TestProxy()
            .name("page.test", "127.0.0.2")
            .name("rebind.test", "127.0.0.2", "127.0.0.1");
    rig =
        new EngineRig(
            ProcessRig.shortRoot(), names, List.of("127.0.0.2/32"), List.of(80, server.port()));
    rig.engines.use(List.of("chromium", "firefox"), 2);
    task =
        new PageCapture(
            rig.engines,
            rig.client(),
            new Artifacts(state.resolve("artifacts"), Clock.systemUTC()),
            System::nanoTime);
  }

  @AfterAll
  static void stop() {
    rig.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox"})
  void aPageIsToldWhereverRedirectsAndScriptsLead(String engine) throws Exception {
    JsonNode told = capture(engine, "/redirect", ",\"viewport\":{\"width\":600,\"height\":400}");

    assertThat(told.path("engine").asText()).isEqualTo(engine);
    assertThat(told.path("finalUrl").asText()).isEqualTo(server.url("/hello"));
    assertThat(told.path("status").asInt()).isEqualTo(200);
    assertThat(told.path("title").asText()).isEqualTo("Hello");
    assertThat(told.path("text").asText()).contains("plain text", "600");
    assertThat(told.path("textTruncated").asBoolean()).isFalse();
    assertThat(told.path("screenshot").path("format").asText()).isEqualTo("png");
    var picture = picture(told);
    assertThat(picture.getWidth()).isEqualTo(600);
    assertThat(picture.getHeight()).isEqualTo(400);
    assertThat(told.path("timings").path("totalMillis").asLong()).isPositive();
    assertThat(told.path("blocked").toString()).doesNotContain("page.test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox"})
  void neitherAnErrorNorADialogNorAMissingPictureHoldsADocumentUp(String engine) throws Exception {
    JsonNode told = capture(engine, "/missing", ",\"waitFor\":\"domcontentloaded\"");

    assertThat(told.path("status").asInt()).isEqualTo(404);
    assertThat(told.path("title").asText()).isEqualTo("after");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox"})
  void whatComesLateIsWaitedFor(String engine) throws Exception {
    JsonNode told = capture(engine, "/late", ",\"waitFor\":{\"selector\":\"#late\"}");

    assertThat(told.path("text").asText()).isEqualTo("came");
  }

  @Test
  void aSelectorThatIsNoneIsRefused() throws Exception {
    assertThat(run("chromium", "/late", ",\"waitFor\":{\"selector\":\"###\"}"))
        .isEqualTo(new Failed("waitFor.selector is no CSS selector: ###", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox"})
  void aPageThatNeverLoadsFailsInTime(String engine) throws Exception {
    assertThat(run(engine, "/endless", ",\"timeout\":2000"))
        .isEqualTo(new Failed("the page's load did not happen within 2000 ms", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox"})
  void theWholePageIsPictured(String engine) throws Exception {
    JsonNode told = capture(engine, "/tall", ",\"fullPage\":true");

    assertThat(told.path("screenshot").path("format").asText()).isEqualTo("jpeg");
    assertThat(picture(told).getHeight()).isEqualTo(3_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox"})
  void aHostilePageReachesNothingAndItsNameIsCheckedAnew(String engine) throws Exception {
    rig.names().name("rebind.test", "127.0.0.2", "127.0.0.1");
    String url = "http://rebind.test:" + server.port() + "/hostile";
    JsonNode told = completed(runAt(engine, url, ",\"waitFor\":{\"selector\":\"#done\"}"));

    assertThat(server.secretsTold).isEmpty();
    assertThat(server.gotDatagram()).isFalse();
    assertThat(told.path("text").asText()).contains("valet: rebind.test");
    assertThat(told.path("blocked").toString())
        .contains(
            "127.0.0.1:" + server.port() + ": 127.0.0.1 is loopback",
            "localhost:" + server.port(),
            "rebind.test:" + server.port() + ": 127.0.0.1 is loopback",
            "169.254.169.254:80: 169.254.169.254 is link-local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox"})
  void aRedirectToTheMetadataServiceFailsForGood(String engine) throws Exception {
    TaskOutcome outcome = run(engine, "/to-metadata", "");

    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(((Failed) outcome).reason())
        .contains("169.254.169.254:80: 169.254.169.254 is link-local");
    assertThat(((Failed) outcome).retry()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox"})
  void anAddressThatIsClosedFailsForGoodInHttpsToo(String engine) throws Exception {
    Browsers.require(engine);
    TaskOutcome outcome =
        task.run(
            new TestAttempt(
                "{\"url\":\"https://127.0.0.1:"
                    + server.port()
                    + "/\",\"engine\":\""
                    + engine
                    + "\"}"));

    assertThat(((Failed) outcome).reason()).contains("127.0.0.1 is loopback");
    assertThat(((Failed) outcome).retry()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium", "firefox"})
  void aCancelledCaptureLeavesNothing(String engine) throws Exception {
    Browsers.require(engine);
    server.asked.clear();
    Thread thread = Thread.ofPlatform().start(() -> quietly(engine));
    assertThat(
            Waiting.until(
                Duration.ofSeconds(40),
                Duration.ofMillis(20),
                () -> server.asked.contains("/never")))
        .isTrue();
    assertThat(rig.board.engine(engine).active()).isEqualTo(1);

    thread.interrupt();
    thread.join();

    assertThat(rig.board.engine(engine).active()).isZero();
    assertThat(Waiting.until(Duration.ofSeconds(10), Duration.ofMillis(20), this::nothingIsLeft))
        .isTrue();
  }

  private void quietly(String engine) {
    try {
      run(engine, "/endless", ",\"timeout\":60000");
    } catch (Exception e) {
      // Interrupted, as meant.
    }
  }

  private boolean nothingIsLeft() {
    return rig.processes.processes().isEmpty() && rig.processes.folders.names().isEmpty();
  }

  private static java.awt.image.BufferedImage picture(JsonNode told) throws Exception {
    byte[] bytes = Base64.getDecoder().decode(told.path("screenshot").path("base64").asText());
    assertThat(told.path("screenshot").path("bytes").asInt()).isEqualTo(bytes.length);
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  private static JsonNode capture(String engine, String path, String more) throws Exception {
    return completed(run(engine, path, more));
  }

  private static JsonNode completed(TaskOutcome outcome) throws Exception {
    assertThat(outcome).isInstanceOf(Completed.class);
    return JSON.readTree(((Completed) outcome).output());
  }

  private static TaskOutcome run(String engine, String path, String more) throws Exception {
    return runAt(engine, server.url(path), more);
  }

  private static TaskOutcome runAt(String engine, String url, String more) throws Exception {
    Browsers.require(engine);
    return task.run(
        new TestAttempt("{\"url\":\"" + url + "\",\"engine\":\"" + engine + "\"" + more + "}"));
  }
}
