package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.testing.AgentProcess;
import dev.valet.agent.testing.FakeCloud;
import dev.valet.agent.testing.FakeCloud.Answer;
import dev.valet.agent.testing.TestSettings;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.agent.HatchetConnection;
import dev.valet.common.agent.TlsStrategy;
import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged agent as a process of its own (the native executable with {@code
 * -Dagent.native=PATH}) on the real engine.
 */
class AgentOnEngineIT {
  private static final boolean FULL = Boolean.getBoolean("tests.full");
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();
  @TempDir Path folder;
  @TempDir Path otherFolder;
  private final FakeCloud cloud = new FakeCloud();
  private RealEngine engine;

  @BeforeEach
  void findEngine() throws Exception {
    engine = RealEngine.shared();
    cloud.onImds("placement/region", new Answer(200, "eu-west-1"));
    cloud.onImds("placement/availability-zone", new Answer(200, "eu-west-1b"));
    cloud.onEnroll(
        new Answer(
            200,
            "{\"credential\":\"%s\",\"config\":%s}"
                .formatted(FakeCloud.CREDENTIAL, JSON.writeValueAsString(config()))));
  }

  private AgentConfig config() {
    return new AgentConfig(
        TestSettings.SANDBOX,
        2,
        List.of(),
        "a2V5",
        new HatchetConnection(
            engine.handshake().token(),
            "127.0.0.1:" + engine.grpcPort(),
            null,
            TlsStrategy.NONE,
            Map.of("environment", "dev")),
        null);
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  /** An agent and where it answers. */
  private record Running(AgentProcess process, String base) implements AutoCloseable {
    JsonNode health() throws Exception {
      return JSON.readTree(process.await(base + "/health", 200).body()).path("hatchet");
    }

    Running connected() {
      Waiting.until(
          SOON,
          Duration.ofMillis(50),
          () -> {
            try {
              return process.get(base + "/health").isPresent()
                  && process.get(base + "/health").get().body().contains("\"connected\"");
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      return this;
    }

    @Override
    public void close() {
      process.close();
    }
  }

  private Running start(Path home) throws Exception {
    int port = LoopbackPorts.free();
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("VALET_API_URL", cloud.url());
    environment.put("VALET_SANDBOX_ID", TestSettings.SANDBOX.toString());
    environment.put("VALET_BOOTSTRAP_TOKEN", "bootstrap-token-s3cr3t");
    environment.put("VALET_STATE_DIR", home.resolve("state").toString());
    environment.put("VALET_DRAIN_SECONDS", "120");
    environment.put("HEALTH_HOST", "127.0.0.1");
    environment.put("HEALTH_PORT", String.valueOf(port));
    environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", cloud.imdsUrl());
    return new Running(AgentProcess.start(home, environment), "http://127.0.0.1:" + port);
  }

  @Test
  void takesTasksUntilItIsAskedToStopAndFinishesWhatRuns() throws Exception {
    Path tasks = Files.createDirectories(folder.resolve("state/tasks.d"));
    Files.writeString(
        tasks.resolve("shout.yaml"), "name: shout\ncommand: [tr, a-z, A-Z]\ntimeout: 20s\n");
    try (Running agent = start(folder).connected()) {
      String worker = agent.health().path("workerId").asText();
      Waiting.until(SOON, Duration.ofMillis(50), () -> engine.labels(worker).containsKey("zone"));
      assertThat(engine.labels(worker))
          .containsEntry("zone", "eu-west-1b")
          .containsEntry("environment", "dev");
      JsonNode shouted = engine.awaitEnd(engine.trigger("shout", "{\"a\":\"b\"}"), SOON);
      assertThat(shouted.path("output")).isEqualTo(JSON.readTree("{\"A\":\"B\"}"));
      String metrics = agent.process().await(agent.base() + "/metrics", 200).body();
      assertThat(metrics)
          .contains(
              "valet_agent_tasks_seconds_count{outcome=\"completed\",task=\"shout\"} 1",
              "valet_agent_hatchet_state{state=\"connected\"} 1",
              "valet_agent_hatchet_heartbeats_seconds_count{outcome=\"accepted\"}");

      int seconds = FULL ? 45 : 8;
      String run = engine.trigger("valet-check", "{\"seconds\":" + seconds + "}");
      engine.await(run, SOON, task -> task.path("status").asText().equals("RUNNING"));
      agent.process().terminate();
      Waiting.until(
          SOON,
          Duration.ofMillis(50),
          () -> engine.worker(worker).path("status").asText().equals("PAUSED"));
      assertThat(engine.worker(worker).path("status").asText()).isEqualTo("PAUSED");

      assertThat(agent.process().awaitExit(seconds + 30)).isZero();
      JsonNode task = engine.awaitEnd(run, SOON);
      assertThat(task.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(task.path("output").path("retry").asInt()).isZero();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "tests.full", matches = "true")
  void theTaskOfAKilledAgentIsDoneByAnotherAlthoughItHasNoRetries() throws Exception {
    try (Running doomed = start(folder).connected()) {
      String run = engine.trigger("valet-check", "{\"seconds\":5}");
      engine.await(run, SOON, task -> task.path("status").asText().equals("RUNNING"));
      long killed = System.nanoTime();
      doomed.process().kill();

      try (Running other = start(otherFolder).connected()) {
        JsonNode task =
            engine.await(
                run,
                Duration.ofSeconds(120),
                seen -> seen.path("status").asText().equals("COMPLETED"));
        assertThat(Duration.ofNanos(System.nanoTime() - killed))
            .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(75));
        assertThat(task.path("retryCount").asInt()).isEqualTo(1);
        assertThat(task.path("output").path("retry").asInt()).isEqualTo(1);
        assertThat(other.process().isAlive()).isTrue();
      }
    }
  }
}
