package dev.valet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.valet.agent.testing.AgentProcess;
import dev.valet.agent.testing.FakeCloud;
import dev.valet.agent.testing.FakeCloud.Answer;
import dev.valet.agent.testing.TestSettings;
import dev.valet.agent.testing.TestSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged agent from outside: exit codes, output, signals, first and last answer. */
class AgentProcessIT {
  private static final String TOKEN = "bootstrap-token-s3cr3t";

  /** Far above what it takes (0.4 s with the cache), since the machine may be busy. */
  private static final long FIRST_ANSWER_MILLIS = 10_000;

  private static final String BOOT_ID = "(?s).*\"bootId\":\"([^\"]*)\".*";

  @TempDir Path folder;
  private final FakeCloud cloud = new FakeCloud();
  private final Map<String, String> environment = new HashMap<>();
  private String base;

  @BeforeEach
  void settings() throws IOException {
    int port = freePort();
    base = "http://127.0.0.1:" + port;
    environment.put("VALET_API_URL", cloud.url());
    environment.put("VALET_SANDBOX_ID", TestSettings.SANDBOX.toString());
    environment.put("VALET_BOOTSTRAP_TOKEN", TOKEN);
    environment.put("VALET_DESKTOP", "off");
    environment.put("HEALTH_HOST", "auto");
    environment.put("HEALTH_PORT", String.valueOf(port));
    environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", cloud.imdsUrl());
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  @Test
  void badSettingStopsWithOneClearLine() throws Exception {
    environment.put("HEALTH_PORT", "99999");
    environment.put("VALET_CAPACITY", "lots");

    try (AgentProcess agent = AgentProcess.start(folder, environment)) {
      assertThat(agent.awaitExit(20)).isEqualTo(78);
      assertThat(agent.err())
          .isEqualTo(
              "valet-agent: settings refused: VALET_CAPACITY=\"lots\" (allowed: 1 to 100);"
                  + " HEALTH_PORT=\"99999\" (allowed: 1 to 65535)\n");
      assertThat(agent.out()).isEmpty();
    }
    assertThat(cloud.wasAskedMore()).isFalse();
  }

  @Test
  void portInUseStopsWithOneClearLine() throws Exception {
    int port = Integer.parseInt(environment.get("HEALTH_PORT"));
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
        AgentProcess agent = AgentProcess.start(folder, environment)) {
      assertThat(agent.awaitExit(20)).isEqualTo(69);
      assertThat(agent.err())
          .startsWith("valet-agent: cannot listen on 127.0.0.1 port " + taken.getLocalPort())
          .contains("HEALTH_HOST, HEALTH_PORT", "Address already in use")
          .hasLineCount(1);
    }
    assertThat(cloud.wasAskedMore()).isFalse();
  }

  @Test
  void metadataServiceThatIsNotThereStopsWithOneClearLine() throws Exception {
    cloud.down();

    try (AgentProcess agent = AgentProcess.start(folder, environment)) {
      assertThat(agent.awaitExit(30)).isEqualTo(69);
      assertThat(agent.err())
          .startsWith("valet-agent: HEALTH_HOST=auto: the instance metadata service at ")
          .contains("Connection refused")
          .hasLineCount(1);
    }
  }

  @Test
  void healthAnswersWithoutTheApiAndTurnsGreenWithIt() throws Exception {
    try (FakeCloud imds = new FakeCloud()) {
      cloud.down();
      environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", imds.imdsUrl());
      try (AgentProcess agent = AgentProcess.start(folder, environment)) {
        HttpResponse<String> first = agent.await(base + "/health", 503);
        assertThat(agent.ageMillis()).isLessThan(FIRST_ANSWER_MILLIS);
        assertThat(first.body())
            .contains("\"status\":\"starting\"", TestSettings.SANDBOX.toString());
        assertThat(agent.await(base + "/health/live", 200).body()).isNotEmpty();
        assertThat(agent.await(base + "/health/ready", 503).body()).contains("enrolling");

        cloud.up();

        assertThat(agent.await(base + "/health", 200).body())
            .contains("\"status\":\"healthy\"", "\"lifecycle\":\"ready\"", "\"capacity\":3");
      }
    }
  }

  @Test
  void aSignedDrainShowsInHealthAndIsTakenBack() throws Exception {
    TestSigner api = new TestSigner();
    cloud.onEnroll(
        new Answer(
            200,
            "{\"credential\":\"c-1\",\"config\":"
                + FakeCloud.config().replace("a2V5", api.publicKey())
                + "}"));
    try (AgentProcess agent = AgentProcess.start(folder, environment)) {
      String health = agent.await(base + "/health/ready", 200).body();
      String boot = agent.await(base + "/health", 200).body().replaceAll(BOOT_ID, "$1");
      assertThat(agent.post(base, "/control/drain", "{}", "x").statusCode()).isEqualTo(401);

      assertThat(command(agent, api, boot, "drain", "{\"deadlineSeconds\":60}"))
          .contains("\"lifecycle\":\"draining\"");
      assertThat(agent.await(base + "/health", 200).body())
          .contains("\"lifecycle\":\"draining\"", "the API asked for it", "\"deadline\":\"2");
      assertThat(command(agent, api, boot, "collect-diagnostics", "{}"))
          .contains("\"ok\":true", "\"lifecycle\":\"draining\"")
          .doesNotContain(TOKEN, "c-1");
      assertThat(command(agent, api, boot, "resume", "{}")).contains("\"lifecycle\":\"ready\"");
      assertThat(agent.await(base + "/health/ready", 200).body()).isEqualTo(health);
    }
  }

  private String command(AgentProcess agent, TestSigner api, String boot, String name, String body)
      throws Exception {
    String path = "/control/" + name;
    HttpResponse<String> answer =
        agent.post(base, path, body, api.post(boot, path, body, Instant.now()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void restartUsesWhatTheFirstStartStored() throws Exception {
    try (AgentProcess first = AgentProcess.start(folder, environment)) {
      first.await(base + "/health/ready", 200);
      first.terminate();
      first.awaitExit(5);
    }
    assertThat(folder.resolve("var/lib/valet/credential")).hasContent(FakeCloud.CREDENTIAL);
    assertThat(cloud.nextAsked().path()).isEqualTo("/agent/v1/enroll");

    try (AgentProcess second = AgentProcess.start(folder, environment)) {
      second.await(base + "/health/ready", 200);
    }
    assertThat(cloud.nextAsked().authorization()).isEqualTo("Bearer " + FakeCloud.CREDENTIAL);
  }

  @Test
  void terminationIsAnsweredUntilTheEndAndExitsWithZero() throws Exception {
    try (AgentProcess agent = AgentProcess.start(folder, environment)) {
      agent.await(base + "/health", 200);
      agent.terminate();
      while (agent.get(base + "/health").isPresent()) {
        assertThat(agent.ageMillis()).isLessThan(30_000);
      }

      assertThat(agent.out())
          .as("what was logged when the first answer failed to come")
          .contains("lifecycle ready -> draining", "lifecycle draining -> stopped");
      assertThat(agent.awaitExit(5)).isZero();
    }
  }

  @Test
  void outputHoldsNoSecretAndNoNoise() throws Exception {
    try (AgentProcess agent = AgentProcess.start(folder, environment)) {
      agent.await(base + "/health/ready", 200);
      String told =
          agent.await(base + "/health", 200).body() + agent.await(base + "/metrics", 200).body();
      agent.terminate();
      agent.awaitExit(5);

      assertThat(told + agent.out() + agent.err()).doesNotContain(TOKEN, FakeCloud.CREDENTIAL);
      assertThat(agent.err()).isEmpty();
      assertThat(agent.out().lines())
          .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+ INFO  .*"))
          .hasSizeLessThan(8);
    }
  }

  @Test
  void recordedAotCacheIsUsable() throws Exception {
    assumeThat(Boolean.getBoolean("skipAotCache")).as("-DskipAotCache").isFalse();
    Path cache = AgentProcess.APP.resolve("app.aot");
    assertThat(cache).isRegularFile();

    // "on" instead of "auto": the JVM refuses to start with a cache that it cannot use.
    try (AgentProcess agent =
        AgentProcess.start(folder, environment, "-XX:AOTCache=" + cache, "-XX:AOTMode=on")) {
      agent.await(base + "/health", 200);
      assertThat(agent.out() + agent.err()).doesNotContain("mismatch", "Unable to");
    }
  }

  @Test
  void unusableAotCacheOnlyCostsTime() throws Exception {
    Path broken = Files.writeString(folder.resolve("app.aot"), "not a cache");

    try (AgentProcess agent =
        AgentProcess.start(folder, environment, "-XX:AOTCache=" + broken, "-Xlog:aot*=error")) {
      agent.await(base + "/health", 200);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
