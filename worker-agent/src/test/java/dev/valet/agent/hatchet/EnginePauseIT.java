package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.common.health.HatchetState;
import dev.valet.local.host.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API's commands do to a worker, judged by the real engine. */
class EnginePauseIT {
  private static final Duration SOON = Duration.ofSeconds(20);
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
  void aPausedWorkerGetsTasksAgainWhenItGoesOn() {
    try (WorkerRig rig = rig().task("again", attempt -> new Completed("{}")).connected()) {
      String worker = rig.workerId();
      rig.worker.pause(true);
      rig.await(HatchetState.DRAINING, SOON);
      Waiting.until(SOON, Duration.ofMillis(50), () -> status(worker).equals("PAUSED"));
      assertThat(status(worker)).isEqualTo("PAUSED");

      rig.worker.pause(false);

      rig.await(HatchetState.CONNECTED, SOON);
      assertThat(engine.awaitEnd(engine.trigger("again", "{}"), SOON).path("status").asText())
          .isEqualTo("COMPLETED");
      assertThat(status(worker)).isEqualTo("ACTIVE");
    }
  }

  @Test
  void aRestartedStreamBringsTasksAndLosesNone() {
    try (WorkerRig rig = rig().task("anew", attempt -> new Completed("{}")).connected()) {
      String worker = rig.workerId();
      for (int i = 0; i < 10; i++) {
        rig.worker.restartStream();
        assertThat(engine.awaitEnd(engine.trigger("anew", "{}"), SOON).path("status").asText())
            .isEqualTo("COMPLETED");
      }
      assertThat(rig.workerId()).isEqualTo(worker);
      assertThat(rig.facts().engine().reconnects()).isZero();
    }
  }

  private String status(String worker) {
    return engine.worker(worker).path("status").asText();
  }
}
