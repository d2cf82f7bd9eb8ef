package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.task.TaskOutcome.Completed;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker does on a good day, judged by the real engine's own REST API. */
class EngineConformanceIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final JsonMapper JSON = new JsonMapper();
  @TempDir Path folder;
  private RealEngine engine;

  @BeforeEach
  void findEngine() throws Exception {
    engine = RealEngine.shared();
  }

  private WorkerRig rig() {
    return new WorkerRig(folder, engine.handshake().token(), engine.grpcPort());
  }

  @Test
  void registersWithSlotsAndLabelsThatTheEngineShows() {
    try (WorkerRig rig =
        rig().capacity(3).task("reg", attempt -> new Completed("{}")).connected()) {
      JsonNode worker = engine.worker(rig.workerId());

      assertThat(worker.path("slotConfig").path("default").path("limit").asInt()).isEqualTo(3);
      assertThat(worker.path("status").asText()).isEqualTo("ACTIVE");
      assertThat(worker.path("labels").toString())
          .contains("environment", "dev", "engine-chromium");
      assertThat(rig.facts().engine().engineVersion()).startsWith("v0.");
      assertThat(rig.facts().engine().heartbeatMillis()).isNotNull();
    }
  }

  @Test
  void echoesWhateverJsonComes() throws Exception {
    try (WorkerRig rig =
        rig().task("echo", attempt -> new Completed(attempt.input())).connected()) {
      for (String input :
          new String[] {"{}", "{\"a\":{\"b\":[1,2.5,null,\"äöü 漢字 🎈\"]},\"c\":\"\\\"\\\\\"}"}) {
        String run = engine.trigger("echo", input);
        JsonNode task = engine.awaitEnd(run, SOON);

        assertThat(task.path("status").asText()).as("%s", task).isEqualTo("COMPLETED");
        assertThat(task.path("output")).isEqualTo(JSON.readTree(input));
      }
    }
  }
}
