package dev.valet.api.taskengine;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class TaskEngineIT {
  /** Years ahead: of other tests' sandboxes nobody was probed lately. */
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private static final String ROUTE = "/api/v1/task-engine";

  @Inject WatchBeans injected;

  private final UUID odd = UUID.randomUUID();
  private final List<UUID> sandboxes = List.of(odd, UUID.randomUUID(), UUID.randomUUID());
  private Instant now = START;
  private final Clock clock = InstantSourceClock.of(() -> now);
  private WatchBeans beans;
  private FakeEngine engine;
  private TaskEngineWatch watch;

  @BeforeEach
  void start() throws IOException {
    beans = injected.self();
    beans.restartedStreams.clear();
    engine = new FakeEngine();
    Files.writeString(ValetTestResource.HATCHET_TOKEN, engine.token());
    watch = beans.watch(clock);
    forget();
    sandboxes.forEach(id -> sandbox(id, "connected"));
    sandboxes.forEach(id -> engine.worker("w-" + id, id, "ACTIVE", 1));
  }

  @AfterEach
  void stop() throws IOException {
    Files.deleteIfExists(ValetTestResource.HATCHET_TOKEN);
    engine.close();
    forget();
  }

  private void forget() {
    for (String sql :
        List.of(
            "UPDATE task_engine SET configured = false, answered_at = NULL, tried_at = NULL,"
                + " failures = 0, problem = NULL, held = NULL",
            "DELETE FROM task_engine_queue",
            "DELETE FROM task_engine_worker",
            "DELETE FROM worker_suspicion",
            "UPDATE sandbox_health SET probed = false WHERE template_version ="
                + " 'task-engine-it'")) {
      beans.write(tx -> tx.update(sql));
    }
  }

  private void sandbox(UUID id, String state) {
    beans.write(tx ->
        tx.update(
            """
            INSERT INTO sandbox_health (sandbox_id, tenant_id, environment, status, since, reason,
              probed, address, port, boot_started_at, failure_threshold, success_threshold,
              boot_grace_seconds, template_version, boot_id, hatchet_state, last_probe_at, facts)
            VALUES ($1, $2, 'dev', 'healthy', now(), 'well', true, '127.0.0.1', 9, now(), 3, 2, 300,
              'task-engine-it', 'boot-1', $3, $4::timestamptz + interval '1 year', $5)
            ON CONFLICT (sandbox_id) DO UPDATE SET hatchet_state = $3
            """,
            id,
            UUID.randomUUID(),
            state,
            START.atOffset(ZoneOffset.UTC),
            new JsonObject(
                """
                {"tasks": {"active": 0, "capacity": 2}, "engines": [],
                 "hatchet": {"state": "%s", "workerId": "w-%s"}}
                """
                    .formatted(state, id))));
  }

  private void round() {
    beans.await(watch::run);
    now = now.plusSeconds(10);
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      round();
    }
  }

  private ValidatableResponse shown() {
    return given().auth().oauth2(TestTokens.as("viewer")).get(ROUTE).then().statusCode(200);
  }

  @Test
  void figuresAreAskedOnceAndShownWithTheirAge() {
    engine.queued(4, "2030-01-01T00:00:00Z");
    round();
    now = START.plusSeconds(50);
    round();

    shown()
        .body("configured", equalTo(true))
        .body("available", equalTo(true))
        .body("problem", nullValue())
        .body("asOf", equalTo("2030-01-01T00:00:50Z"))
        .body("tokenExpiresAt", equalTo("2100-01-01T00:00:00Z"))
        .body("queued", equalTo(4))
        .body("running", equalTo(1))
        .body("completed", equalTo(7))
        .body("failed", equalTo(2))
        .body("workers.active", equalTo(3))
        .body("workers.slots", equalTo(6))
        .body("workers.freeSlots", equalTo(3))
        .body("queues", hasSize(1))
        .body("queues[0].action", equalTo("check:run"))
        .body("queues[0].queued", equalTo(4))
        .body("queues[0].running", equalTo(1))
        .body("queues[0].oldestSeconds", equalTo(50))
        .body("queues[0].workers", equalTo(3))
        .body("queues[0].freeSlots", equalTo(3));

    engine.queued(0, "2030-01-01T00:00:00Z");
    engine.noWorkers();
    round();
    shown()
        .body("queues", hasSize(0))
        .body("workers.active", equalTo(0))
        .body("queued", equalTo(0));
  }

  /** The engine tells the oldest by a task's name, which may be another action's. */
  @Test
  void queueIsAtMostAsOldAsItWasSeenWithoutABreak() {
    engine.queued(4, "2029-12-31T00:00:00Z");
    rounds(3);
    shown().body("queues[0].oldestSeconds", equalTo(20));

    engine.answerAll(503, "");
    round();
    engine.wellAgain();
    now = now.plusSeconds(60);
    round();
    shown().body("queues[0].oldestSeconds", equalTo(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {}                   | refuses the token",
        "404 | {}                   | does not know the token's tenant",
        "500 | {}                   | answers HTTP 500",
        "302 | {}                   | answers HTTP 302",
        "200 | <html>login</html>   | is no Hatchet"
      })
  void engineThatDoesNotTellIsShownAndItsFiguresStay(int status, String body, String problem) {
    engine.queued(4, "2030-01-01T00:00:00Z");
    round();
    engine.answerAll(status, body);
    round();

    shown()
        .body("available", equalTo(false))
        .body("problem", containsString(problem))
        .body("asOf", equalTo("2030-01-01T00:00:00Z"))
        .body("triedAt", equalTo("2030-01-01T00:00:10Z"))
        .body("queues[0].queued", equalTo(4));
    engine.wellAgain();
    now = now.plusSeconds(60);
    round();
    shown().body("available", equalTo(true)).body("problem", nullValue());
  }

  @Test
  void engineThatIsAwayIsAskedEverLessOften() {
    engine.close();
    int[] tries = new int[2];
    for (int second = 0; second < 600; second += 10) {
      String before = tried();
      round();
      tries[second < 300 ? 0 : 1] += tried().equals(before) ? 0 : 1;
    }
    assertThat(tries[0]).isBetween(9, 13);
    assertThat(tries[1]).isEqualTo(10);
    shown().body("problem", containsString("cannot be reached"));
  }

  private String tried() {
    return beans.texts("SELECT tried_at FROM task_engine").getFirst();
  }

  @Test
  void installationWithoutATokenSaysSoAndAsksAsSoonAsThereIsOne() throws IOException {
    Files.deleteIfExists(ValetTestResource.HATCHET_TOKEN);
    round();
    shown()
        .body("configured", equalTo(true))
        .body("available", equalTo(false))
        .body("problem", containsString("VALET_HATCHET_TOKEN_FILE"));
    rounds(10);
    Files.writeString(ValetTestResource.HATCHET_TOKEN, engine.token());
    round();
    shown().body("available", equalTo(true));
  }

  @Test
  void oneReplicaAsksForAll() throws Exception {
    CountDownLatch gate = engine.hold();
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(() -> beans.await(() -> beans.watch(clock).run()));
    while (engine.asked().isEmpty() && !first.isDone()) {
      Thread.onSpinWait();
    }
    beans.await(() -> beans.watch(clock).run());
    gate.countDown();
    first.get(20, TimeUnit.SECONDS);

    assertThat(engine.asked().stream().filter(path -> path.endsWith("/worker"))).hasSize(1);
  }

  @Test
  void zombieIsFoundShownAndRepairedStepByStep() {
    sandbox(odd, "degraded");
    rounds(3);
    assertThat(finding()).isEqualTo("null false");
    shown().body("zombies.suspected", equalTo(1)).body("zombies.found", equalTo(0));

    round();
    assertThat(finding()).contains("its task stream is not open false");
    assertThat(beans.restartedStreams).containsExactly(odd);
    shown().body("zombies.suspected", equalTo(0)).body("zombies.found", equalTo(1));

    rounds(6);
    assertThat(finding()).contains("its task stream is not open true");
    rounds(10);
    assertThat(beans.restartedStreams).containsExactly(odd);
    assertThat(
            beans.texts(
                "SELECT action || ' ' || result FROM audit WHERE sandbox_id = $1 ORDER BY at, id",
                odd))
        .containsExactly(
            "sandbox.zombie success", "agent.restart-stream failed", "sandbox.zombie success");
    assertThat(
            beans.texts(
                "SELECT data ->> 'remedy' FROM outbox WHERE sandbox_id = $1"
                    + " AND type = 'sandbox.changed' ORDER BY id",
                odd))
        .containsExactly("stream_restarted", "restart_asked");

    sandbox(odd, "connected");
    rounds(2);
    assertThat(finding()).isEqualTo("null false");
    shown().body("zombies.found", equalTo(0));
  }

  @Test
  void workerThatIsGivenNoneOfTheWaitingTasksIsOne() {
    engine.noWorkers();
    engine.worker("w-" + odd, odd, "ACTIVE", 1);
    sandboxes.stream().skip(1).forEach(id -> engine.worker("w-" + id, id, "ACTIVE", 0));
    engine.queued(4, "2029-12-31T00:00:00Z");
    rounds(7);
    assertThat(finding()).isEqualTo("null false");
    rounds(4);
    assertThat(finding()).startsWith("Tasks have waited for check:run for over 60 s");
  }

  @Test
  void mostOfTheFleetIsLeftAloneAndThatIsShown() {
    sandboxes.forEach(id -> sandbox(id, "degraded"));
    rounds(10);

    assertThat(finding()).isEqualTo("null false");
    assertThat(beans.restartedStreams).isEmpty();
    shown().body("zombies.held", containsString("3 of 3 workers"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "outbox"})
  void nothingIsFoundIfItsAuditRowOrEventCannotBeWritten(String table) {
    sandbox(odd, "degraded");
    rounds(3);
    Owner.withoutInsertOn(
        table,
        () ->
            assertThatThrownBy(() -> beans.await(watch::run)).isNotInstanceOf(EngineProblem.class));

    assertThat(finding()).isEqualTo("null false");
    assertThat(beans.texts("SELECT stage FROM worker_suspicion")).containsExactly("watched");
    assertThat(beans.restartedStreams).isEmpty();
  }

  private String finding() {
    return beans
        .texts(
            "SELECT coalesce(finding, 'null') || ' ' || finding_restart FROM sandbox_health"
                + " WHERE sandbox_id = $1",
            odd)
        .getFirst();
  }

  /** A clock that is moved by hand. */
  private static final class InstantSourceClock extends Clock {
    private final InstantSource source;

    private InstantSourceClock(InstantSource source) {
      this.source = source;
    }

    static Clock of(InstantSource source) {
      return new InstantSourceClock(source);
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return source.instant();
    }
  }
}
