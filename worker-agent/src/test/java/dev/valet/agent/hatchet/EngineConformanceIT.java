package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.task.TaskAttempt.LogLevel;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.agent.task.TaskOutcome.Failed;
import dev.valet.common.health.HatchetState;
import dev.valet.local.host.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        engine.awaitEvents(task.path("metadata").path("id").asText(), "STARTED", "FINISHED");
      }
    }
  }

  @Test
  void failsTwiceAndSucceedsWithTheThirdAttempt() {
    try (WorkerRig rig =
        rig()
            .task(
                "flaky",
                Duration.ofSeconds(30),
                2,
                attempt ->
                    attempt.retry() < 2
                        ? new Failed("not yet", true)
                        : new Completed("{\"retry\":" + attempt.retry() + "}"))
            .connected()) {
      JsonNode task = engine.awaitEnd(engine.trigger("flaky", "{}"), SOON);

      assertThat(task.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(task.path("retryCount").asInt()).isEqualTo(2);
      assertThat(task.path("output").path("retry").asInt()).isEqualTo(2);
    }
  }

  @Test
  void aFailureThatForbidsItIsNotRetried() {
    AtomicInteger attempts = new AtomicInteger();
    try (WorkerRig rig =
        rig()
            .task(
                "hopeless",
                Duration.ofSeconds(30),
                3,
                attempt -> {
                  attempts.incrementAndGet();
                  return new Failed("never", false);
                })
            .connected()) {
      JsonNode task = engine.awaitEnd(engine.trigger("hopeless", "{}"), SOON);

      assertThat(task.path("status").asText()).isEqualTo("FAILED");
      assertThat(task.path("errorMessage").asText()).contains("never");
      assertThat(attempts).hasValue(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[1]", "\"text\"", "", "{", "{\"a\":\"\\u0000\"}", "HUGE"})
  void anOutputThatTheEngineCannotUseIsAFailureWithItsReason(String output) {
    String given = output.equals("HUGE") ? "{\"a\":\"" + "x".repeat(2 << 20) + "\"}" : output;
    String name = "odd-" + Integer.toHexString(output.hashCode()); // not yet sent to a dead worker
    try (WorkerRig rig = rig().task(name, attempt -> new Completed(given)).connected()) {
      JsonNode task = engine.awaitEnd(engine.trigger(name, "{}"), SOON);

      assertThat(task.path("status").asText()).isEqualTo("FAILED");
      assertThat(task.path("errorMessage").asText()).contains("the output");
    }
  }

  @Test
  void aHandlerThatThrowsIsAFailure() {
    try (WorkerRig rig =
        rig()
            .task(
                "throws",
                attempt -> {
                  throw new IllegalStateException("broken handler");
                })
            .connected()) {
      JsonNode task = engine.awaitEnd(engine.trigger("throws", "{}"), SOON);

      assertThat(task.path("status").asText()).isEqualTo("FAILED");
      assertThat(task.path("errorMessage").asText()).contains("broken handler");
    }
  }

  @Test
  void cancellingInterruptsTheHandlerAtOnceAndFreesItsSlot() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    try (WorkerRig rig =
        rig()
            .capacity(1)
            .task(
                "long",
                attempt -> {
                  begun.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                  }
                  return new Completed("{}");
                })
            .task("next", attempt -> new Completed("{}"))
            .connected()) {
      String run = engine.trigger("long", "{}");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

      long asked = System.nanoTime();
      engine.cancel(run);

      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(3));
      assertThat(engine.awaitEnd(run, SOON).path("status").asText()).isEqualTo("CANCELLED");
      assertThat(engine.awaitEnd(engine.trigger("next", "{}"), SOON).path("status").asText())
          .isEqualTo("COMPLETED");
    }
  }

  @Test
  void theLateResultOfATimedOutAttemptDoesNotWin() {
    try (WorkerRig rig =
        rig()
            .task(
                "slow",
                Duration.ofSeconds(2),
                1,
                attempt -> {
                  if (attempt.retry() == 0) {
                    sleepThroughInterrupts(Duration.ofSeconds(6));
                    return new Completed("{\"late\":true}");
                  }
                  return new Completed("{\"late\":false}");
                })
            .connected()) {
      JsonNode task = engine.awaitEnd(engine.trigger("slow", "{}"), Duration.ofSeconds(30));

      assertThat(task.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(task.path("retryCount").asInt()).isEqualTo(1);
      assertThat(task.path("output").path("late").asBoolean()).isFalse();
      rig.await(facts -> facts.active() == 0, Duration.ofSeconds(10));
      assertThat(rig.facts().engine().pendingEvents()).isZero();
    }
  }

  @Test
  void aHandlerThatAsksForMoreTimeGetsIt() {
    try (WorkerRig rig =
        rig()
            .task(
                "more",
                Duration.ofSeconds(2),
                0,
                attempt -> {
                  attempt.extend(Duration.ofSeconds(20));
                  new CountDownLatch(1).await(5, TimeUnit.SECONDS);
                  return new Completed("{}");
                })
            .connected()) {
      JsonNode task = engine.awaitEnd(engine.trigger("more", "{}"), Duration.ofSeconds(30));

      assertThat(task.path("status").asText()).as("%s", task).isEqualTo("COMPLETED");
      assertThat(task.path("retryCount").asInt()).isZero();
    }
  }

  @Test
  void neverMoreAtOnceThanSlotsAndNoneIsLost() {
    burst(4, Boolean.getBoolean("tests.full") ? 200 : 40);
  }

  private void burst(int slots, int tasks) {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger all = new AtomicInteger();
    try (WorkerRig rig =
        rig()
            .capacity(slots)
            .task(
                "burst",
                attempt -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
                  now.decrementAndGet();
                  all.incrementAndGet();
                  return new Completed("{}");
                })
            .connected()) {
      List<String> runs =
          IntStream.range(0, tasks)
              .parallel()
              .mapToObj(i -> engine.trigger("burst", "{\"i\":" + i + "}"))
              .toList();

      for (String run : runs) {
        assertThat(engine.awaitEnd(run, Duration.ofMinutes(2)).path("status").asText())
            .isEqualTo("COMPLETED");
      }
      assertThat(most).hasValueLessThanOrEqualTo(slots);
      assertThat(all).hasValue(tasks);
    }
  }

  @Test
  void logLinesReachTheEngineSplitAndWithTheirLevel() {
    try (WorkerRig rig =
        rig()
            .task(
                "talk",
                attempt -> {
                  attempt.log(LogLevel.WARN, "x".repeat(10_001));
                  attempt.log(LogLevel.ERROR, "short");
                  return new Completed("{}");
                })
            .connected()) {
      String run = engine.trigger("talk", "{}");
      String task = engine.awaitEnd(run, SOON).path("metadata").path("id").asText();

      Waiting.until(SOON, Duration.ofMillis(100), () -> engine.logs(task).size() == 3);
      List<String> lines = new ArrayList<>();
      engine
          .logs(task)
          .forEach(
              row -> lines.add(row.path("level").asText() + row.path("message").asText().length()));
      assertThat(lines).containsExactlyInAnyOrder("WARN10000", "WARN1", "ERROR5");
    }
  }

  @Test
  void whatIsDeclaredLaterRunsWithoutARestart() {
    try (WorkerRig rig = rig().task("first", attempt -> new Completed("{}")).connected()) {
      String before = rig.workerId();

      rig.task("later", attempt -> new Completed("{\"later\":true}"));
      rig.await(
          facts ->
              facts.engine().state() == HatchetState.CONNECTED
                  && !before.equals(facts.engine().workerId()),
          SOON);

      assertThat(engine.awaitEnd(engine.trigger("later", "{}"), SOON).path("status").asText())
          .isEqualTo("COMPLETED");
      assertThat(engine.awaitEnd(engine.trigger("first", "{}"), SOON).path("status").asText())
          .isEqualTo("COMPLETED");
    }
  }

  @Test
  void drainingFinishesWhatRunsOnTheSameAttemptAndTakesNothingNew() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    try (WorkerRig rig =
        rig()
            .task(
                "finish",
                attempt -> {
                  attempts.incrementAndGet();
                  begun.countDown();
                  mayEnd.await();
                  return new Completed("{\"retry\":" + attempt.retry() + "}");
                })
            .connected()) {
      String run = engine.trigger("finish", "{}");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      String worker = rig.workerId();

      var drained = rig.worker.drain(Duration.ofSeconds(60));
      rig.await(HatchetState.DRAINING, SOON);
      Waiting.until(SOON, Duration.ofMillis(50), () -> status(worker).equals("PAUSED"));
      assertThat(status(worker)).isEqualTo("PAUSED");
      // The scheduler learns of it within its lease of five seconds.
      Waiting.until(Duration.ofSeconds(6), Duration.ofSeconds(1), () -> false);
      String second = engine.trigger("finish", "{}");
      Waiting.until(Duration.ofSeconds(3), Duration.ofSeconds(1), () -> attempts.get() > 1);
      mayEnd.countDown();
      drained.toCompletionStage().toCompletableFuture().get(40, TimeUnit.SECONDS);

      JsonNode task = engine.awaitEnd(run, SOON);
      assertThat(task.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(task.path("output").path("retry").asInt()).isZero();
      assertThat(attempts).hasValue(1);
      assertThat(engine.task(second).path("status").asText()).isEqualTo("QUEUED");
      engine.cancel(second);
    }
  }

  private String status(String worker) {
    return engine.worker(worker).path("status").asText();
  }

  @Test
  void whatIsNotDoneAtTheDeadlineIsReportedAsFailed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (WorkerRig rig =
        rig()
            .task(
                "endless",
                attempt -> {
                  begun.countDown();
                  new CountDownLatch(1).await();
                  return new Completed("{}");
                })
            .connected()) {
      String run = engine.trigger("endless", "{}");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

      rig.drain(Duration.ofMillis(500));

      JsonNode task = engine.awaitEnd(run, SOON);
      assertThat(task.path("status").asText()).isEqualTo("FAILED");
      assertThat(task.path("errorMessage").asText()).contains("the sandbox stops");
    }
  }

  private static void sleepThroughInterrupts(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
      var _ = Thread.interrupted();
    }
  }
}
