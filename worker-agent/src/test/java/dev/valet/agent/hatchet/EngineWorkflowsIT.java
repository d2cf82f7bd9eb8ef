package dev.valet.agent.hatchet;

import static dev.valet.agent.hatchet.AdminCalls.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.hatchet.LinkRunner.Timing;
import dev.valet.agent.hatchet.admin.CreateWorkflowVersionRequest;
import dev.valet.agent.hatchet.admin.GetRunDetailsResponse;
import dev.valet.agent.hatchet.admin.RunStatus;
import dev.valet.agent.hatchet.admin.TaskBatchConfig;
import dev.valet.agent.hatchet.wire.RegisterRequest;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.agent.task.TaskOutcome.Failed;
import dev.valet.local.host.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workflows that others declare for this worker's actions, what the engine refuses, and what it
 * shows of a worker.
 */
class EngineWorkflowsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();
  @TempDir Path folder;
  private RealEngine engine;
  private AdminCalls admin;

  @BeforeEach
  void findEngine() throws Exception {
    engine = RealEngine.shared();
    admin = new AdminCalls(engine);
  }

  @AfterEach
  void close() {
    if (admin != null) {
      admin.close();
    }
  }

  private WorkerRig rig() {
    return new WorkerRig(folder, engine.handshake().token(), engine.grpcPort());
  }

  private static JsonNode output(GetRunDetailsResponse run, String task) throws Exception {
    return JSON.readTree(run.getTaskRunsOrThrow(task).getOutput().toByteArray());
  }

  @Test
  void outputsOfParentsReachTheirChild() throws Exception {
    try (WorkerRig rig =
        rig()
            .task("dag-leaf", attempt -> new Completed("{\"value\":" + attempt.input() + "}"))
            .task("dag-join", attempt -> new Completed(attempt.parents()))
            .connected()) {
      admin.putWorkflow(
          CreateWorkflowVersionRequest.newBuilder()
              .setName("dag")
              .addTasks(task("one", "dag-leaf"))
              .addTasks(task("two", "dag-leaf", "one"))
              .addTasks(task("three", "dag-join", "one", "two")));

      GetRunDetailsResponse run = admin.awaitDone(engine.trigger("dag", "{\"n\":7}"), SOON);

      assertThat(run.getStatus()).isEqualTo(RunStatus.COMPLETED);
      assertThat(output(run, "three"))
          .isEqualTo(
              JSON.readTree("{\"one\":{\"value\":{\"n\":7}},\"two\":{\"value\":{\"n\":7}}}"));
      assertThat(rig.meters.get("valet.agent.tasks").tag("task", "dag-leaf").timer().count())
          .isEqualTo(2);
    }
  }

  @Test
  void theTaskForFailuresSeesWhyTheOthersFailed() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    try (WorkerRig rig =
        rig()
            .task("dag-fails", attempt -> new Failed("out of luck", false))
            .task(
                "dag-mourns",
                attempt -> {
                  seen.add(attempt.errors());
                  return new Completed("{}");
                })
            .connected()) {
      admin.putWorkflow(
          CreateWorkflowVersionRequest.newBuilder()
              .setName("dag-sad")
              .addTasks(task("one", "dag-fails"))
              .setOnFailureTask(task("on-failure", "dag-mourns")));

      String id = engine.trigger("dag-sad", "{}");
      GetRunDetailsResponse run = admin.awaitDone(id, SOON);

      assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
      assertThat(run.getTaskRunsOrThrow("one").getError()).contains("out of luck");
      Waiting.until(SOON, Duration.ofMillis(50), () -> !seen.isEmpty());
      assertThat(JSON.readTree(seen.getFirst()).path("one").asText()).contains("out of luck");
    }
  }

  @Test
  void retriesKeepTheirDistance() throws Exception {
    List<Long> began = new CopyOnWriteArrayList<>();
    try (WorkerRig rig =
        rig()
            .task(
                "waver",
                attempt -> {
                  began.add(System.nanoTime());
                  return attempt.retry() < 2 ? new Failed("not yet", true) : new Completed("{}");
                })
            .connected()) {
      admin.putWorkflow(
          CreateWorkflowVersionRequest.newBuilder()
              .setName("backoff")
              .addTasks(
                  task("one", "waver").setRetries(2).setBackoffFactor(2).setBackoffMaxSeconds(60)));

      // While it waits for its next attempt, the engine shows a task as failed.
      engine.await(
          engine.trigger("backoff", "{}"),
          SOON,
          task ->
              task.path("status").asText().equals("COMPLETED")
                  && task.path("retryCount").asInt() == 2);

      assertThat(Duration.ofNanos(began.get(1) - began.get(0)))
          .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(8));
      assertThat(Duration.ofNanos(began.get(2) - began.get(1)))
          .isBetween(Duration.ofMillis(3_900), Duration.ofSeconds(12));
    }
  }

  @Test
  void slotsCannotBeToldTwice() {
    assertThatThrownBy(() ->
            admin.call(
                Methods.REGISTER,
                RegisterRequest.newBuilder()
                    .setWorkerName("both")
                    .addActions("both:run")
                    .setSlots(3)
                    .putSlotConfig("default", 3)
                    .build()))
        .hasRootCauseInstanceOf(RpcFailure.class)
        .rootCause()
        .hasMessageContaining("INVALID_ARGUMENT");
  }

  @Test
  void aWorkerNeedsASoundName() {
    assertThatThrownBy(() ->
            admin.call(
                Methods.REGISTER,
                RegisterRequest.newBuilder()
                    .setWorkerName("not sound!")
                    .addActions("unsound:run")
                    .putSlotConfig("default", 3)
                    .build()))
        .hasRootCauseInstanceOf(RpcFailure.class)
        .rootCause()
        .hasMessageContaining("INVALID_ARGUMENT");
  }

  @Test
  void labelsThatChangeAreToldToTheEngine() {
    try (WorkerRig rig = rig().task("labels", attempt -> new Completed("{}")).connected()) {
      String worker = rig.workerId();
      assertThat(engine.labels(worker))
          .containsEntry("environment", "dev")
          .containsEntry("engine-chromium", "yes");

      rig.worker.placed(Map.of("region", "eu-west-1", "zone", "eu-west-1b"));
      rig.engines("firefox").configure();

      Waiting.until(
          SOON, Duration.ofMillis(50), () -> engine.labels(worker).containsKey("engine-firefox"));
      assertThat(engine.labels(worker))
          .containsEntry("zone", "eu-west-1b")
          .containsEntry("region", "eu-west-1")
          .containsEntry("engine-firefox", "yes")
          .containsEntry("engine-chromium", "no")
          .containsEntry("environment", "dev");
      assertThat(rig.workerId()).isEqualTo(worker);
    }
  }

  @Test
  void anActionThatIsGoneFailsAtOnceInsteadOfAtItsTimeout() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    // So that the pause before registering anew does not reach the engine.
    Map<String, String> noRest = Map.of("HATCHET_CLIENT_SERVER_URL", "http://127.0.0.1:1");
    try (WorkerRig rig =
        new WorkerRig(folder, engine.handshake().token(), engine.grpcPort(), Timing.DEFAULT, noRest)
            .task(
                "holds-on",
                attempt -> {
                  begun.countDown();
                  mayEnd.await();
                  return new Completed("{}");
                })
            .task("vanishes", attempt -> new Completed("{}"))
            .connected()) {
      String held = engine.trigger("holds-on", "{}");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      rig.forget("vanishes");
      Waiting.until(Duration.ofSeconds(3), Duration.ofSeconds(1), () -> false);

      JsonNode task = engine.awaitEnd(engine.trigger("vanishes", "{}"), SOON);

      assertThat(task.path("status").asText()).isEqualTo("FAILED");
      assertThat(task.path("errorMessage").asText()).contains("no action vanishes:run");
      mayEnd.countDown();
      assertThat(engine.awaitEnd(held, SOON).path("status").asText()).isEqualTo("COMPLETED");
    }
  }

  @Test
  void aBatchIsRefusedAndTheStreamGoesOn() throws Exception {
    try (WorkerRig rig = rig().task("batched", attempt -> new Completed("{}")).connected()) {
      admin.putWorkflow(
          CreateWorkflowVersionRequest.newBuilder()
              .setName("batch")
              .addTasks(
                  task("one", "batched")
                      .setBatch(
                          TaskBatchConfig.newBuilder()
                              .setBatchMaxSize(2)
                              .setBatchMaxIntervalMs(500))));

      JsonNode refused = engine.awaitEnd(engine.trigger("batch", "{}"), SOON);

      assertThat(refused.path("status").asText()).isEqualTo("FAILED");
      assertThat(refused.path("errorMessage").asText()).contains("does not know actions");
      assertThat(engine.awaitEnd(engine.trigger("batched", "{}"), SOON).path("status").asText())
          .isEqualTo("COMPLETED");
      assertThat(rig.facts().engine().reconnects()).isZero();
    }
  }
}
