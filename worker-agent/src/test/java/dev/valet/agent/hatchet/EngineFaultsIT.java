package dev.valet.agent.hatchet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.valet.agent.hatchet.LinkRunner.Timing;
import dev.valet.agent.task.TaskHandler;
import dev.valet.agent.task.TaskOutcome.Completed;
import dev.valet.common.health.HatchetState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker does on a bad day: the real engine, its network and its database are disturbed. */
class EngineFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  @TempDir Path folder;
  private RealEngine engine;

  @BeforeEach
  void findEngine() throws Exception {
    engine = RealEngine.shared();
  }

  private WorkerRig rig(int port) {
    return new WorkerRig(folder, engine.handshake().token(), port);
  }

  private static TaskHandler taking(Duration time, AtomicInteger attempts, CountDownLatch begun) {
    return attempt -> {
      attempts.incrementAndGet();
      begun.countDown();
      new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
      return new Completed("{\"retry\":" + attempt.retry() + "}");
    };
  }

  private static TaskHandler until(
      CountDownLatch mayEnd, AtomicInteger attempts, CountDownLatch begun) {
    return attempt -> {
      attempts.incrementAndGet();
      begun.countDown();
      mayEnd.await();
      return new Completed("{\"retry\":" + attempt.retry() + "}");
    };
  }

  @Test
  void anEngineThatRestartsMeetsTheSameWorkerAndTheTaskIsDoneOnce() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    try (WorkerRig rig =
        rig(engine.grpcPort())
            .task("restart", taking(Duration.ofSeconds(4), attempts, begun))
            .connected()) {
      String worker = rig.workerId();
      String run = engine.trigger("restart", "{}");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

      engine.stop();
      rig.await(facts -> facts.engine().state() == HatchetState.DEGRADED, SOON);
      engine.start();

      rig.await(HatchetState.CONNECTED, SOON);
      JsonNode task = engine.awaitEnd(run, SOON);
      assertThat(task.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(task.path("output").path("retry").asInt()).isZero();
      assertThat(rig.workerId()).isEqualTo(worker);
      assertThat(attempts).hasValue(1);
    }
  }

  @Test
  void aFrozenEngineLosesNoResult() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    try (WorkerRig rig =
        rig(engine.grpcPort())
            .task("frozen", taking(Duration.ofSeconds(2), attempts, begun))
            .connected()) {
      String run = engine.trigger("frozen", "{}");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

      engine.signal("STOP");
      try {
        rig.await(facts -> facts.engine().state() == HatchetState.DEGRADED, SOON);
        rig.await(facts -> facts.engine().pendingEvents() == 1, SOON);
      } finally {
        engine.signal("CONT");
      }

      assertThat(engine.awaitEnd(run, SOON).path("status").asText()).isEqualTo("COMPLETED");
      rig.await(HatchetState.CONNECTED, SOON);
      rig.await(facts -> facts.engine().pendingEvents() == 0, SOON);
      assertThat(attempts).hasValue(1);
    }
  }

  @Test
  void aCutConnectionShowsAtOnceAndIsBackSoon() throws Exception {
    try (TcpProxy proxy = new TcpProxy(engine.grpcPort());
        WorkerRig rig = rig(proxy.port()).task("cut", attempt -> new Completed("{}")).connected()) {
      String worker = rig.workerId();

      proxy.cut();

      rig.await(facts -> facts.engine().state() == HatchetState.DEGRADED, Duration.ofSeconds(5));
      assertThat(rig.facts().engine().detail()).contains("the task stream ended");
      rig.await(HatchetState.CONNECTED, Duration.ofSeconds(10));
      assertThat(rig.workerId()).isEqualTo(worker);
      assertThat(rig.facts().engine().reconnects()).isEqualTo(1);
      assertThat(engine.awaitEnd(engine.trigger("cut", "{}"), SOON).path("status").asText())
          .isEqualTo("COMPLETED");
    }
  }

  @Test
  void aBlackHoleAtTheEndOfATaskOnlyDelaysItsResult() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (TcpProxy proxy = new TcpProxy(engine.grpcPort());
        WorkerRig rig =
            rig(proxy.port()).task("hole", until(mayEnd, attempts, begun)).connected()) {
      String run = engine.trigger("hole", "{}");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

      proxy.blackHole(true);
      mayEnd.countDown();
      rig.await(facts -> facts.engine().state() == HatchetState.DEGRADED, Duration.ofSeconds(15));
      rig.await(facts -> facts.engine().pendingEvents() == 1, SOON);
      proxy.blackHole(false);

      assertThat(engine.awaitEnd(run, SOON).path("status").asText()).isEqualTo("COMPLETED");
      rig.await(facts -> facts.engine().pendingEvents() == 0, SOON);
      assertThat(attempts).hasValue(1);
    }
  }

  @Test
  void aResultOutlivesTheAgentThatMadeIt() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    String run;
    try (TcpProxy proxy = new TcpProxy(engine.grpcPort());
        WorkerRig rig =
            rig(proxy.port()).task("heir", until(mayEnd, attempts, begun)).connected()) {
      run = engine.trigger("heir", "{}");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
      proxy.blackHole(true);
      mayEnd.countDown();
      rig.await(facts -> facts.engine().pendingEvents() == 1, SOON);
    }

    try (WorkerRig next =
        rig(engine.grpcPort()).task("heir", until(mayEnd, attempts, begun)).connected()) {
      JsonNode task = engine.awaitEnd(run, SOON);
      assertThat(task.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(task.path("output").path("retry").asInt()).isZero();
      next.await(facts -> facts.engine().pendingEvents() == 0, SOON);
      assertThat(attempts).hasValue(1);
    }
  }

  @Test
  void aWorkerThatTheEngineForgotRegistersAnew() {
    try (WorkerRig rig =
        rig(engine.grpcPort()).task("forgot", attempt -> new Completed("{}")).connected()) {
      String worker = rig.workerId();

      engine.sql("DELETE FROM \"Worker\" WHERE id = '" + worker + "'");

      rig.await(
          facts ->
              facts.engine().state() == HatchetState.CONNECTED
                  && !worker.equals(facts.engine().workerId()),
          SOON);
      assertThat(engine.awaitEnd(engine.trigger("forgot", "{}"), SOON).path("status").asText())
          .isEqualTo("COMPLETED");
    }
  }

  @Test
  void aRevokedTokenAlarmsAndANewOneHelpsWithoutARestart() throws Exception {
    String revoked = engine.handshake().token();
    engine.stop();
    engine.start(); // mints another
    AtomicInteger alarms = new AtomicInteger();
    try (WorkerRig rig =
        new WorkerRig(folder, revoked, engine.grpcPort())
            .task("revoked", attempt -> new Completed("{}"))
            .connected()) {
      rig.worker.onTokenRefused(alarms::incrementAndGet);
      String worker = rig.workerId();

      engine.sql("UPDATE \"APIToken\" SET revoked = true WHERE id = '" + tokenId(revoked) + "'");
      rig.await(HatchetState.UNAUTHORIZED, SOON);
      assertThat(alarms).hasValueGreaterThanOrEqualTo(1);

      rig.token(engine.handshake().token());
      rig.await(HatchetState.CONNECTED, SOON);
      assertThat(rig.workerId()).isEqualTo(worker);
      assertThat(engine.awaitEnd(engine.trigger("revoked", "{}"), SOON).path("status").asText())
          .isEqualTo("COMPLETED");
    }
  }

  @Test
  void aTokenThatIsReplacedInTheMiddleOfATaskLosesNothing() throws Exception {
    String old = engine.handshake().token();
    engine.stop();
    engine.start(); // mints another
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (WorkerRig rig =
        new WorkerRig(folder, old, engine.grpcPort())
            .task(
                "handover",
                attempt -> {
                  attempts.incrementAndGet();
                  begun.countDown();
                  mayEnd.await();
                  return new Completed("{}");
                })
            .connected()) {
      String worker = rig.workerId();
      String run = engine.trigger("handover", "{}");
      assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

      rig.token(engine.handshake().token());
      rig.await(facts -> facts.engine().streamSeconds() != null, SOON);
      engine.sql("UPDATE \"APIToken\" SET revoked = true WHERE id = '" + tokenId(old) + "'");
      mayEnd.countDown();

      JsonNode task = engine.awaitEnd(run, SOON);
      assertThat(task.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(task.path("retryCount").asInt()).isZero();
      assertThat(attempts).hasValue(1);
      assertThat(rig.workerId()).isEqualTo(worker);
      assertThat(engine.awaitEnd(engine.trigger("handover", "{}"), SOON).path("status").asText())
          .isEqualTo("COMPLETED");
    }
  }

  private static String tokenId(String token) throws Exception {
    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return new com.fasterxml.jackson.databind.ObjectMapper()
        .readTree(claims)
        .path("token_id")
        .asText();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTokenThatIsNotTheEnginesIsRefusedWithoutEndingAnything(boolean tampered) {
    String token = engine.handshake().token();
    String other = tampered ? token.substring(0, token.length() - 8) + "AAAAAAAA" : foreign(token);
    try (WorkerRig rig =
        new WorkerRig(folder, other, engine.grpcPort())
            .task("tampered", attempt -> new Completed("{}"))
            .configure()) {
      rig.await(HatchetState.UNAUTHORIZED, SOON);

      rig.token(token);
      rig.await(HatchetState.CONNECTED, SOON);
    }
  }

  /** Like one of an engine elsewhere, which has other keys. */
  private static String foreign(String token) {
    String claims =
        new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8)
            .replaceAll("http://127\\.0\\.0\\.1:\\d+", "https://elsewhere.example");
    return ClientTokenTest.token(claims);
  }

  @Test
  void replacingTheStreamEveryFewSecondsLosesNoTask() {
    Timing hasty =
        new Timing(Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofMillis(1_500));
    AtomicInteger attempts = new AtomicInteger();
    try (WorkerRig rig =
        new WorkerRig(folder, engine.handshake().token(), engine.grpcPort(), hasty)
            .task(
                "rotate",
                attempt -> {
                  attempts.incrementAndGet();
                  return new Completed("{}");
                })
            .connected()) {
      int tasks = Boolean.getBoolean("tests.full") ? 40 : 15;
      for (int i = 0; i < tasks; i++) {
        assertThat(engine.awaitEnd(engine.trigger("rotate", "{}"), SOON).path("status").asText())
            .isEqualTo("COMPLETED");
      }
      assertThat(attempts).hasValue(tasks);
      assertThat(rig.facts().engine().reconnects()).isZero();
    }
  }
}
