package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class ProbingIT {
  @Inject HealthBeans injected;

  private final SteppedTime time = new SteppedTime();
  private final UUID sandbox = UUID.randomUUID();
  private HealthBeans beans;
  private FakeAgent agent;
  private TestProber prober;
  private ProbeTargets targets;

  @BeforeEach
  void start() {
    beans = injected.self();
    beans.reset();
    agent = new FakeAgent(sandbox);
    prober = new TestProber(beans, time);
    targets = beans.targets(time);
    set(Sandboxes.BOOT);
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  @Test
  void healthyAfterTwoUnhealthyAfterExactlyThreeHealthyAgainAfterTwo() {
    assertThat(statusAfterTurn()).isEqualTo("unknown");
    assertThat(statusAfterTurn()).isEqualTo("healthy");

    agent.fail();
    assertThat(statusAfterTurn()).isEqualTo("healthy");
    assertThat(statusAfterTurn()).isEqualTo("healthy");
    assertThat(column("verdict_version")).isEqualTo("1");
    assertThat(statusAfterTurn()).isEqualTo("unhealthy");
    assertThat(column("consecutive_failures")).isEqualTo("3");
    assertThat(column("since")).startsWith(time.instant().toString().substring(0, 19));
    assertThat(column("verdict_version")).isEqualTo("2");

    agent.recover();
    assertThat(statusAfterTurn()).isEqualTo("unhealthy");
    assertThat(statusAfterTurn()).isEqualTo("healthy");
    assertThat(column("verdict_version")).isEqualTo("3");
    assertThat(
            beans.texts(
                "SELECT from_status || '>' || to_status FROM health_verdict_change"
                    + " WHERE sandbox_id = $1 ORDER BY id",
                sandbox))
        .containsExactly("unknown>healthy", "healthy>unhealthy", "unhealthy>healthy");
    assertThat(
            beans.texts(
                "SELECT data ->> 'status' FROM outbox WHERE sandbox_id = $1"
                    + " AND type = 'sandbox.health' ORDER BY id",
                sandbox))
        .containsExactly("healthy", "unhealthy", "healthy");
    assertThat(
            beans.text(
                "SELECT reason FROM health_verdict_change WHERE sandbox_id = $1 ORDER BY id OFFSET 1",
                sandbox))
        .isEqualTo("3 probes failed: the agent answered with HTTP 500");
  }

  @Test
  void brokenDeclaredEngineDegradesAfterThreeAndNamesItself() {
    prober.turn();
    prober.turn();
    agent.breakEngine();
    prober.turn();
    prober.turn();
    assertThat(column("status")).isEqualTo("healthy");
    prober.turn();

    assertThat(column("status")).isEqualTo("degraded");
    assertThat(column("conditions[1]")).isEqualTo("chromium");
    assertThat(column("facts #>> '{engines,0,state}'")).isEqualTo("failed");
    assertThat(column("facts #>> '{tasks,active}'")).isEqualTo("1");
  }

  @Test
  void connectionToTheTaskEngineIsStoredAndToldWhenItChanges() {
    agent.connection("connected", "worker-1");
    prober.turn();
    assertThat(column("hatchet_state")).isEqualTo("connected");
    assertThat(column("facts #>> '{hatchet,engineVersion}'")).isEqualTo("v0.104.7");
    assertThat(column("facts #>> '{hatchet,lastTaskAt}'")).isEqualTo("2026-01-01T00:00:00Z");
    prober.turn();
    prober.turn();
    agent.connection("connected", "worker-2");
    prober.turn();
    assertThat(column("facts #>> '{hatchet,workerId}'")).isEqualTo("worker-2");

    agent.connection("degraded", "worker-2");
    prober.turn();
    assertThat(column("hatchet_state")).isEqualTo("degraded");
    agent.fail();
    prober.turn();
    assertThat(column("hatchet_state")).isEqualTo("degraded");
    prober.turn();
    prober.turn();
    assertThat(column("status")).isEqualTo("unhealthy");
    assertThat(column("hatchet_state")).isEqualTo("null");
    agent.recover();
    prober.turn();
    assertThat(column("hatchet_state")).isEqualTo("degraded");

    assertThat(
            beans.texts(
                "SELECT coalesce(data ->> 'hatchet', 'unknown') FROM outbox WHERE sandbox_id = $1"
                    + " AND type = 'sandbox.changed' ORDER BY id",
                sandbox))
        .containsExactly("connected", "degraded", "unknown", "degraded");
    beans.write(tx -> targets.clear(tx, sandbox, "stopped"));
    assertThat(column("hatchet_state")).isEqualTo("null");
  }

  @Test
  void findingOfOthersDegradesLikeABrokenPartAndEndsWithTheBoot() {
    agent.connection("connected", "worker-1");
    prober.turn();
    prober.turn();
    assertThat(find("boot-of-somebody-else")).isFalse();
    assertThat(find("boot-0000000000000001")).isTrue();
    assertThat(find("boot-0000000000000001")).isFalse();
    prober.turn();
    prober.turn();
    assertThat(column("status")).isEqualTo("healthy");
    prober.turn();
    assertThat(column("status")).isEqualTo("degraded");
    assertThat(column("conditions[1]")).isEqualTo("hatchet");
    assertThat(column("reason")).isEqualTo("it takes no tasks");

    assertThat(beans.<Boolean>write(tx -> beans.findings.clear(tx, sandbox))).isTrue();
    prober.turn();
    prober.turn();
    assertThat(column("status")).isEqualTo("healthy");

    assertThat(find("boot-0000000000000001")).isTrue();
    set(time.instant());
    assertThat(column("finding")).isEqualTo("null");
  }

  private boolean find(String boot) {
    return beans.write(tx -> beans.findings.set(tx, sandbox, boot, "it takes no tasks", false));
  }

  @Test
  void failuresInTheGraceOfABootDoNotCount() {
    agent.fail();
    set(time.instant());
    for (int second = 10; second < 300; second += 10) {
      prober.turn();
    }
    assertThat(column("status")).isEqualTo("unknown");
    assertThat(column("consecutive_failures")).isEqualTo("0");
    assertThat(column("detail")).isEqualTo("the agent answered with HTTP 500");

    prober.turn();
    prober.turn();
    assertThat(statusAfterTurn()).isEqualTo("unhealthy");
  }

  @Test
  void steadySandboxIsWrittenEveryThirtySecondsOnly() {
    for (int i = 0; i < 4; i++) {
      prober.turn();
    }
    long version = Long.parseLong(column("version"));
    for (int i = 0; i < 9; i++) {
      prober.turn();
    }
    assertThat(Long.parseLong(column("version")) - version).isEqualTo(3);
  }

  @Test
  void probingEndsWithTheTargetAndTheLastValueIsForgotten() {
    prober.turn();
    prober.turn();
    beans.write(tx -> targets.clear(tx, sandbox, "stopped"));

    assertThat(column("status")).isEqualTo("unknown");
    assertThat(column("reason")).isEqualTo("stopped");
    assertThat(column("facts")).isEqualTo("null");
    assertThat(column("verdict_version")).isEqualTo("2");
    prober.turn();
    assertThat(prober.register.get(sandbox)).isNull();
    beans.write(tx -> targets.clear(tx, sandbox, "stopped"));
    assertThat(
            beans.texts(
                "SELECT to_status FROM health_verdict_change WHERE sandbox_id = $1 ORDER BY id",
                sandbox))
        .containsExactly("healthy", "unknown");
  }

  @Test
  void answerThatWasUnderWayWhenTheTargetChangedIsDropped() {
    prober.turn();
    prober.turn();
    prober.answered(sandbox, Sandboxes.failure());
    beans.write(tx -> targets.clear(tx, sandbox, "stopped"));
    String version = column("version");

    prober.write();

    assertThat(column("version")).isEqualTo(version);
    assertThat(column("consecutive_failures")).isEqualTo("0");
  }

  @Test
  void answerOfTheBootBeforeIsDropped() {
    prober.turn();
    prober.answered(sandbox, Sandboxes.good());
    set(time.instant());
    String version = column("version");

    prober.write();

    assertThat(column("version")).isEqualTo(version);
    assertThat(column("status")).isEqualTo("unknown");
  }

  @Test
  void sameTargetToldAgainChangesNothingAndAnotherBootStartsAnew() {
    prober.turn();
    prober.turn();
    String version = column("version");
    set(Sandboxes.BOOT);
    assertThat(column("version")).isEqualTo(version);

    set(time.instant());
    assertThat(column("status")).isEqualTo("unknown");
    assertThat(column("boot_answered")).isEqualTo("false");
    assertThat(statusAfterTurn()).isEqualTo("unknown");
    assertThat(statusAfterTurn()).isEqualTo("healthy");
  }

  @Test
  void anotherSandboxAtTheAddressIsAFailure() {
    UUID other = UUID.randomUUID();
    beans.write(tx -> targets.set(tx, target(other, Sandboxes.BOOT)));
    prober.turn();

    assertThat(beans.text("SELECT detail FROM sandbox_health WHERE sandbox_id = $1", other))
        .isEqualTo("another sandbox answered at this address");
  }

  @Test
  void minuteOfProbesIsOneSampleInItsPartition() {
    for (int i = 0; i < 7; i++) {
      prober.turn();
    }
    beans.write(tx -> tx.list("SELECT health_sample_make_partitions(1)", row -> row.getInteger(0)));
    Instant realMinute =
        Instant.parse(
            beans.text(
                "SELECT to_char(date_trunc('minute', now() AT TIME ZONE 'UTC'),"
                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"));
    Sample sample = new Sample(sandbox, realMinute);
    sample.add(null);
    prober.samples.putBack(java.util.List.of(sample));
    beans.write(tx -> beans.samples.insert(tx, java.util.List.of(sample)));
    beans.write(tx -> beans.samples.insert(tx, java.util.List.of(sample)));

    assertThat(
            beans.text(
                "SELECT failures || ' of ' || probes FROM health_sample WHERE sandbox_id = $1",
                sandbox))
        .isEqualTo("1 of 1");
    assertThat(prober.samples.takeClosed(time.instant(), 10)).isNotEmpty();
  }

  private void set(Instant bootStartedAt) {
    beans.write(tx -> targets.set(tx, target(sandbox, bootStartedAt)));
  }

  private ProbeTarget target(UUID id, Instant bootStartedAt) {
    ProbeTarget like = Sandboxes.target(id);
    return new ProbeTarget(
        id,
        like.tenantId(),
        like.environment(),
        like.address(),
        agent.port(),
        bootStartedAt,
        like.thresholds(),
        like.declaredParts(),
        like.instanceId(),
        like.zone(),
        like.templateVersion());
  }

  private String statusAfterTurn() {
    prober.turn();
    return column("status");
  }

  private String column(String expression) {
    return beans.text(
        "SELECT " + expression + " FROM sandbox_health WHERE sandbox_id = $1", sandbox);
  }
}
