package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.valet.agent.task.TaskHandler;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.common.health.HatchetState;
import dev.valet.local.host.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What takes its time: seconds by default, minutes with {@code -Dtests.full=true}. */
class EngineEnduranceIT {
  private static final boolean FULL = Boolean.getBoolean("tests.full");
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration LATE = Duration.ofMinutes(3);

  /** The engine gives no task to a worker whose last heartbeat is older. */
  private static final Duration ASSIGNABLE = Duration.ofSeconds(5);

  @TempDir Path folder;
  private RealEngine engine;

  @BeforeEach
  void findEngine() throws Exception {
    engine = RealEngine.shared();
  }

  private WorkerRig rig(int port) {
    return new WorkerRig(folder, engine.handshake().token(), port);
  }

  @Test
  void aStarvedProcessKeepsItsHeartbeats() {
    AtomicBoolean enough = new AtomicBoolean();
    int burners = 2 * Runtime.getRuntime().availableProcessors();
    try (WorkerRig rig =
        rig(engine.grpcPort())
            .capacity(burners)
            .task("burn", Duration.ofMinutes(5), 0, burning(enough))
            .connected()) {
      List<String> runs = new ArrayList<>();
      for (int i = 0; i < burners; i++) {
        runs.add(engine.trigger("burn", "{}"));
      }
      rig.await(facts -> facts.active() == burners, SOON);

      TreeSet<Instant> beats = new TreeSet<>();
      Waiting.until(
          FULL ? Duration.ofMinutes(2) : Duration.ofSeconds(13),
          Duration.ofMillis(200),
          () -> {
            beats.add(lastBeat(rig.workerId()));
            return false;
          });
      enough.set(true);

      Duration longest = Duration.ZERO;
      for (Instant beat : beats) {
        Instant before = beats.lower(beat);
        Duration gap = before == null ? Duration.ZERO : Duration.between(before, beat);
        longest = gap.compareTo(longest) > 0 ? gap : longest;
      }
      assertThat(beats).hasSizeGreaterThan(2);
      assertThat(longest).isLessThan(ASSIGNABLE);
      assertThat(rig.facts().engine().reconnects()).isZero();
      for (String run : runs) {
        assertThat(engine.awaitEnd(run, SOON).path("status").asText()).isEqualTo("COMPLETED");
      }
    }
  }

  private static TaskHandler burning(AtomicBoolean enough) {
    return attempt -> {
      long turns = 0;
      while (!enough.get()) {
        turns++;
      }
      return new Completed("{\"turns\":" + turns + "}");
    };
  }

  private Instant lastBeat(String worker) {
    return Instant.parse(engine.worker(worker).path("lastHeartbeatAt").asText());
  }

  /** Tasks are triggered right before a cut, when one can be on its way to the stream that dies. */
  @Test
  void everyTaskRunsHoweverOftenTheStreamIsCut() throws Exception {
    Duration between = FULL ? Duration.ofSeconds(60) : Duration.ofMillis(2_500);
    int cuts = FULL ? 10 : 3;
    try (TcpProxy proxy = new TcpProxy(engine.grpcPort());
        WorkerRig rig =
            rig(proxy.port())
                .task("cuts", Duration.ofSeconds(5), 3, attempt -> new Completed("{}"))
                .connected()) {
      String worker = rig.workerId();
      List<String> runs = new ArrayList<>();
      for (int i = 0; i < cuts; i++) {
        Waiting.until(between, between, () -> false);
        runs.add(engine.trigger("cuts", "{\"i\":" + i + "}"));
        proxy.cut();
      }

      for (String run : runs) {
        engine.await(run, LATE, task -> task.path("status").asText().equals("COMPLETED"));
      }
      rig.await(HatchetState.CONNECTED, SOON);
      assertThat(rig.workerId()).isEqualTo(worker);
      assertThat(rig.facts().engine().reconnects()).isGreaterThanOrEqualTo(cuts - 1);
      rig.await(facts -> facts.engine().pendingEvents() == 0, SOON);
    }
  }

  /** The connection stands, calls are answered, only the engine holds no stream any more. */
  @Test
  void aStreamThatOnlyTheEngineLostIsOpenedAgain() {
    try (WorkerRig rig =
        rig(engine.grpcPort()).task("lost", attempt -> new Completed("{}")).connected()) {
      String worker = rig.workerId();

      engine.sql("UPDATE \"Worker\" SET \"isActive\" = false WHERE id = '" + worker + "'");

      rig.await(facts -> facts.engine().state() == HatchetState.DEGRADED, Duration.ofSeconds(10));
      assertThat(rig.facts().engine().detail()).contains("the engine sees no task stream");
      rig.await(HatchetState.CONNECTED, Duration.ofSeconds(10));
      assertThat(rig.workerId()).isEqualTo(worker);
      assertThat(engine.awaitEnd(engine.trigger("lost", "{}"), SOON).path("status").asText())
          .isEqualTo("COMPLETED");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "tests.full", matches = "true")
  void anEngineThatIsFrozenUntilItReassignsLosesNoResult() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    try (WorkerRig rig =
        rig(engine.grpcPort())
            .task("ice-age", Duration.ofMinutes(3), 0, counting(attempts, begun))
            .connected()) {
      String run = engine.trigger("ice-age", "{}");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

      engine.signal("STOP");
      try {
        Waiting.until(Duration.ofSeconds(40), Duration.ofSeconds(40), () -> false);
        assertThat(rig.facts().engine().state()).isEqualTo(HatchetState.DEGRADED);
        assertThat(rig.facts().engine().pendingEvents()).isEqualTo(1);
      } finally {
        engine.signal("CONT");
      }

      endsWithOneOfItsAttempts(run, attempts);
      rig.await(HatchetState.CONNECTED, SOON);
      rig.await(facts -> facts.engine().pendingEvents() == 0, SOON);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "tests.full", matches = "true")
  void aMinuteInABlackHoleLosesNoResult() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    try (TcpProxy proxy = new TcpProxy(engine.grpcPort());
        WorkerRig rig =
            rig(proxy.port())
                .task("abyss", Duration.ofMinutes(3), 0, counting(attempts, begun))
                .connected()) {
      String run = engine.trigger("abyss", "{}");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

      proxy.blackHole(true);
      Waiting.until(Duration.ofSeconds(60), Duration.ofSeconds(60), () -> false);
      assertThat(rig.facts().engine().pendingEvents()).isEqualTo(1);
      proxy.blackHole(false);

      endsWithOneOfItsAttempts(run, attempts);
      rig.await(facts -> facts.engine().pendingEvents() == 0, SOON);
    }
  }

  private static TaskHandler counting(AtomicInteger attempts, CountDownLatch begun) {
    return attempt -> {
      attempts.incrementAndGet();
      begun.countDown();
      new CountDownLatch(1).await(2, TimeUnit.SECONDS);
      return new Completed("{\"retry\":" + attempt.retry() + "}");
    };
  }

  /** The engine may have given the task away meanwhile; no attempt runs twice, one result wins. */
  private void endsWithOneOfItsAttempts(String run, AtomicInteger attempts) {
    JsonNode task =
        engine.await(run, LATE, seen -> seen.path("status").asText().equals("COMPLETED"));
    assertThat(task.path("output").path("retry").asInt())
        .isLessThanOrEqualTo(task.path("retryCount").asInt());
    assertThat(attempts.get()).isBetween(1, 1 + task.path("retryCount").asInt());
  }
}
