package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.valet.agent.hatchet.LinkRunner.Timing;
import dev.valet.agent.hatchet.wire.ActionType;
import dev.valet.agent.hatchet.wire.AssignedAction;
import dev.valet.agent.hatchet.wire.StepActionEvent;
import dev.valet.agent.hatchet.wire.StepActionEventType;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.agent.task.TaskOutcome.Failed;
import dev.valet.common.health.HatchetState;
import dev.valet.local.host.Waiting;
import io.vertx.grpc.common.GrpcStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole worker over real gRPC, with a dispatcher that misbehaves on demand. */
class WorkerTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Timing QUICK =
      new Timing(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMinutes(1));
  private static final String TOKEN =
      ClientTokenTest.token("{\"sub\":\"t\",\"server_url\":\"http://127.0.0.1:1\"}");

  @TempDir Path folder;
  private final FakeDispatcher engine = new FakeDispatcher();

  @AfterEach
  void stop() {
    engine.close();
  }

  private WorkerRig rig() {
    return new WorkerRig(folder, TOKEN, engine.port(), QUICK)
        .capacity(2)
        .task("echo", attempt -> new Completed(attempt.input()));
  }

  @Test
  void anOldEngineGetsPlainSlotsAndANewOneSlotTypes() {
    try (WorkerRig rig = rig().connected()) {
      assertThat(engine.registrations.getFirst().getSlotConfigMap()).containsEntry("default", 2);
      assertThat(engine.registrations.getFirst().hasSlots()).isFalse();
    }
    // It cannot be asked, or says that it is older.
    for (String old : new String[] {null, "v0.78.22"}) {
      engine.version = old;
      try (WorkerRig rig = rig().connected()) {
        assertThat(engine.registrations.getLast().getSlots()).isEqualTo(2);
        assertThat(engine.registrations.getLast().getSlotConfigMap()).isEmpty();
        assertThat(rig.facts().engine().engineVersion()).isEqualTo(old == null ? "unknown" : old);
      }
    }
  }

  @Test
  void anEngineThatIsUpgradedIsAskedAgainWhenTheWorkerRegistersAnew() {
    engine.version = "v0.78.22";
    try (WorkerRig rig = rig().connected()) {
      engine.version = "v0.104.7";
      engine.beatAnswer = GrpcStatus.NOT_FOUND;
      Waiting.until(SOON, Duration.ofMillis(20), () -> engine.registrations.size() > 1);
      engine.beatAnswer = GrpcStatus.OK;
      rig.await(HatchetState.CONNECTED, SOON);

      assertThat(engine.registrations.getFirst().hasSlots()).isTrue();
      assertThat(engine.registrations.getLast().hasSlots()).isFalse();
      assertThat(engine.registrations.getLast().getSlotConfigMap()).containsEntry("default", 2);
      assertThat(rig.facts().engine().engineVersion()).isEqualTo("v0.104.7");
    }
  }

  @Test
  void metersTellOfTasksAndConnection() {
    CountDownLatch mayEnd = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (WorkerRig rig =
        rig()
            .capacity(1)
            .task(
                "measured",
                attempt -> {
                  if (attempt.retry() == 0) {
                    (attempt.taskRunId().equals("run-4") ? never : mayEnd).await();
                  }
                  return attempt.retry() == 1 ? new Failed("no", false) : new Completed("{}");
                })
            .connected()) {
      engine.assign(start("run-1", "measured:run"));
      engine.assign(start("run-2", "measured:run").setRetryCount(1));
      engine.assign(start("run-3", "nobody:run"));
      rig.await(facts -> facts.active() == 1, SOON);
      mayEnd.countDown();
      awaitEnd("run-2");
      engine.assign(start("run-4", "measured:run"));
      engine.assign(start("run-4", "measured:run").setRetryCount(2));
      awaitEnd("run-4");
      rig.await(facts -> facts.engine().pendingEvents() == 0, SOON);
      engine.eventAnswer = GrpcStatus.UNAVAILABLE;
      engine.assign(start("run-5", "measured:run"));
      rig.await(facts -> facts.engine().pendingEvents() == 1, SOON);

      assertThat(runs(rig, "completed")).isEqualTo(3);
      assertThat(runs(rig, "failed")).isEqualTo(1);
      assertThat(runs(rig, "cancelled")).isEqualTo(1);
      assertThat(rig.meters.get("valet.agent.tasks.start.delay").timer().count()).isEqualTo(5);
      assertThat(rig.meters.get("valet.agent.tasks.refused").counter().count()).isEqualTo(1);
      assertThat(rig.meters.get("valet.agent.hatchet.results.pending").gauge().value())
          .isEqualTo(1);
      assertThat(rig.meters.get("valet.agent.hatchet.stream.age.seconds").gauge().value())
          .isNotNaN();
      assertThat(
              rig.meters
                  .get("valet.agent.hatchet.heartbeats")
                  .tag("outcome", "accepted")
                  .timer()
                  .totalTime(TimeUnit.NANOSECONDS))
          .isPositive();
      assertThat(
              rig.meters.get("valet.agent.hatchet.state").tag("state", "connected").gauge().value())
          .isEqualTo(1);
    }
  }

  private static long runs(WorkerRig rig, String outcome) {
    return rig.meters
        .get("valet.agent.tasks")
        .tags("task", "measured", "outcome", outcome)
        .timer()
        .count();
  }

  @Test
  void labelsAreToldOnceAndAgainOnlyWhenTheyChange() {
    try (WorkerRig rig = rig().connected()) {
      assertThat(engine.registrations.getFirst().getLabelsMap()).containsKey("engine-chromium");
      engine.labelsAnswer = GrpcStatus.UNAVAILABLE;

      rig.worker.placed(Map.of("zone", "a"));
      Waiting.until(SOON, Duration.ofMillis(20), () -> engine.labels.size() > 1);
      engine.labelsAnswer = GrpcStatus.OK;
      int tries = engine.labels.size();
      Waiting.until(SOON, Duration.ofMillis(20), () -> engine.labels.size() > tries);
      int told = engine.labels.size();
      Waiting.until(Duration.ofSeconds(1), Duration.ofMillis(100), () -> false);

      assertThat(engine.labels.getLast().getLabelsOrThrow("zone").getStrValue()).isEqualTo("a");
      assertThat(engine.labels).hasSize(told);
    }
  }

  @Test
  void whatItDoesNotKnowIsRefusedAtOnceAndTheStreamGoesOn() {
    try (WorkerRig rig = rig().connected()) {
      engine.assign(start("run-1", "nobody:run"));
      engine.assign(start("run-2", "echo:run").setActionType(ActionType.START_BATCH));
      engine.assign(start("run-3", "echo:run").setActionTypeValue(77));
      engine.assign(start("run-4", "echo:run").setActionPayload("{no json"));
      engine.assign(start("run-5", "echo:run"));

      for (String run : List.of("run-1", "run-2", "run-3", "run-4")) {
        StepActionEvent refusal = awaitEnd(run);
        assertThat(refusal.getEventType()).isEqualTo(StepActionEventType.STEP_EVENT_TYPE_FAILED);
        assertThat(refusal.getShouldNotRetry()).isTrue();
        assertThat(refusal.getEventPayload()).isNotEmpty();
      }
      assertThat(awaitEnd("run-5").getEventType())
          .isEqualTo(StepActionEventType.STEP_EVENT_TYPE_COMPLETED);
    }
  }

  @Test
  void thePauseIsToldAgainToAnEngineThatForgotTheWorker() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    HttpServer rest =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    rest.createContext(
        "/api/v1/workers/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes());
          String path = exchange.getRequestURI().getPath();
          boolean first = told.isEmpty();
          told.add(path.replaceAll(".*/", "") + " " + body);
          exchange.sendResponseHeaders(first ? 503 : 200, -1);
          exchange.close();
        });
    rest.start();
    String url = "http://127.0.0.1:" + rest.getAddress().getPort();
    String token = ClientTokenTest.token("{\"sub\":\"t\",\"server_url\":\"" + url + "\"}");
    try (WorkerRig rig = new WorkerRig(folder, token, engine.port(), QUICK).connected()) {
      rig.worker.pause(true);
      rig.await(HatchetState.DRAINING, SOON);
      awaitTold(told, "worker-1 {\"isPaused\":true}", "worker-1 {\"isPaused\":true}");

      engine.beatAnswer = GrpcStatus.NOT_FOUND;
      rig.await(facts -> engine.registrations.size() > 1, SOON);
      engine.beatAnswer = GrpcStatus.OK;
      Waiting.until(SOON, Duration.ofMillis(20), () -> told.size() > 2);
      assertThat(told.getLast()).endsWith("{\"isPaused\":true}").doesNotContain("worker-1 ");

      rig.worker.pause(false);
      rig.await(HatchetState.CONNECTED, SOON);
      Waiting.until(SOON, Duration.ofMillis(20), () -> told.getLast().contains("false"));
      assertThat(told.getLast()).isEqualTo(rig.workerId() + " {\"isPaused\":false}");
    } finally {
      rest.stop(0);
    }
  }

  private static void awaitTold(List<String> told, String... wanted) {
    Waiting.until(SOON, Duration.ofMillis(20), () -> told.size() >= wanted.length);
    assertThat(told).containsExactly(wanted);
  }

  @Test
  void theSameAttemptIsNotRunTwiceHoweverOftenItComes() {
    AtomicInteger runs = new AtomicInteger();
    try (WorkerRig rig =
        rig()
            .task(
                "once",
                attempt -> {
                  runs.incrementAndGet();
                  return new Completed("{}");
                })
            .connected()) {
      engine.assign(start("run-1", "once:run"));
      awaitEnd("run-1");
      engine.assign(start("run-1", "once:run"));
      engine.assign(start("run-1", "once:run"));

      rig.await(facts -> facts.engine().duplicates() == 2, SOON);
      assertThat(runs).hasValue(1);
    }
  }

  @Test
  void aLaterAttemptEndsTheEarlierOneWhoseResultNobodyHears() {
    CountDownLatch interrupted = new CountDownLatch(1);
    try (WorkerRig rig =
        rig()
            .task(
                "fence",
                attempt -> {
                  if (attempt.retry() == 0) {
                    try {
                      new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                      interrupted.countDown();
                      return new Completed("{\"stale\":true}");
                    }
                  }
                  return new Completed("{}");
                })
            .connected()) {
      engine.assign(start("run-1", "fence:run"));
      rig.await(facts -> facts.active() == 1, SOON);
      engine.assign(start("run-1", "fence:run").setRetryCount(1));

      assertThat(awaitEnd("run-1").getRetryCount()).isEqualTo(1);
      rig.await(facts -> facts.active() == 0, SOON);
      assertThat(engine.events).noneMatch(event -> event.getEventPayload().contains("stale"));
      assertThat(interrupted.getCount()).isZero();
    }
  }

  @Test
  void aStuckHandlerCountsAgainstCapacityAndShows() {
    CountDownLatch letGo = new CountDownLatch(1);
    try (WorkerRig rig =
        rig()
            .capacity(1)
            .task(
                "stuck",
                attempt -> {
                  while (letGo.getCount() > 0) {
                    try {
                      letGo.await();
                    } catch (InterruptedException e) {
                      // That is what makes it stuck.
                    }
                  }
                  return new Completed("{}");
                })
            .connected()) {
      engine.assign(start("run-1", "stuck:run"));
      rig.await(facts -> facts.active() == 1, SOON);
      engine.assign(start("run-1", "stuck:run").setActionType(ActionType.CANCEL_STEP_RUN));
      engine.assign(start("run-2", "echo:run"));

      Waiting.until(Duration.ofSeconds(1), Duration.ofMillis(50), () -> isOver("run-2"));
      assertThat(isOver("run-2")).as("its slot is not free").isFalse();
      letGo.countDown();

      awaitEnd("run-2");
      assertThat(isOver("run-1")).as("cancelled: nothing is told").isFalse();
    }
  }

  @Test
  void aResultIsRepeatedUntilTheEngineTakesIt() {
    engine.eventAnswer = GrpcStatus.UNAVAILABLE;
    try (WorkerRig rig = rig().connected()) {
      engine.assign(start("run-1", "echo:run"));
      Waiting.until(SOON, Duration.ofMillis(20), () -> ends("run-1") >= 3);
      assertThat(rig.facts().engine().pendingEvents()).isEqualTo(1);

      engine.eventAnswer = GrpcStatus.OK;

      rig.await(facts -> facts.engine().pendingEvents() == 0, Duration.ofSeconds(20));
    }
  }

  @Test
  void heartbeatsThatSucceedDoNotHideADeadStream() {
    try (WorkerRig rig = rig().connected()) {
      engine.beatAnswer = GrpcStatus.FAILED_PRECONDITION;
      rig.await(HatchetState.DEGRADED, SOON);
      int before = engine.streams.size();
      Waiting.until(SOON, Duration.ofMillis(20), () -> engine.streams.size() > before);
      assertThat(engine.streams.size()).isGreaterThan(before);

      engine.beatAnswer = GrpcStatus.OK;
      rig.await(HatchetState.CONNECTED, SOON);
      assertThat(engine.registrations).as("the same worker").hasSize(1);
    }
  }

  private static AssignedAction.Builder start(String run, String action) {
    return AssignedAction.newBuilder()
        .setTaskRunExternalId(run)
        .setActionId(action)
        .setActionType(ActionType.START_STEP_RUN)
        .setActionPayload("{\"input\":{\"a\":1}}");
  }

  private StepActionEvent awaitEnd(String run) {
    Waiting.until(SOON, Duration.ofMillis(20), () -> isOver(run));
    assertThat(isOver(run)).as(run).isTrue();
    return engine.events.stream().filter(event -> isEndOf(event, run)).findFirst().orElseThrow();
  }

  private boolean isOver(String run) {
    return ends(run) > 0;
  }

  private long ends(String run) {
    return engine.events.stream().filter(event -> isEndOf(event, run)).count();
  }

  private static boolean isEndOf(StepActionEvent event, String run) {
    return event.getTaskRunExternalId().equals(run)
        && event.getEventType() != StepActionEventType.STEP_EVENT_TYPE_STARTED;
  }
}
