package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.health.ResultPlanner.Update;
import dev.valet.common.health.HealthStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ResultPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final Probed healthy = Sandboxes.healthy(Sandboxes.id(1, 1), 1);

  @Test
  void unchangedFactsAreWrittenEveryThirtySeconds() {
    Probed steady = good(good(good(healthy, 0).after(), 10).after(), 20).after();
    Instant written = steady.writtenAt();

    assertThat(good(steady, 30).write()).isFalse();
    assertThat(good(steady, 39).write()).isFalse();
    assertThat(written).isEqualTo(NOW.plusSeconds(10));
    assertThat(good(steady, 40).write()).isTrue();
  }

  @Test
  void everyCountedFailureIsWritten() {
    Update first = failed(healthy, 0);
    Update second = failed(first.after(), 10);
    Update third = failed(second.after(), 20);

    assertThat(first.write() && second.write() && third.write()).isTrue();
    assertThat(second.plan().change()).isNull();
    assertThat(third.after().state().status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(failed(third.after(), 30).write()).isTrue();
  }

  @Test
  void failureKeepsWhatTheAgentSaidLast() {
    Probed after = failed(healthy, 0).after();

    assertThat(after.bootId()).isEqualTo("boot-1");
    assertThat(after.agentVersion()).isEqualTo("1.0");
    assertThat(after.detail()).isEqualTo("refused");
  }

  @Test
  void anotherAgentProcessIsWrittenAtOnce() {
    Probed steady = good(good(healthy, 0).after(), 10).after();
    Probed other =
        new Probed(
            steady.target(),
            steady.targetVersion(),
            steady.claim(),
            steady.state(),
            "boot-0",
            steady.agentVersion(),
            steady.link(),
            steady.finding(),
            steady.detail(),
            steady.writtenAt());

    assertThat(good(steady, 11).write()).isFalse();
    assertThat(good(other, 11).write()).isTrue();
  }

  @Test
  void anotherStateOfTheConnectionIsWrittenAtOnceAndTold() {
    Probed steady = connected(good(good(healthy, 0).after(), 10).after(), "connected", "w-1", 40);

    assertThat(plan(steady, "connected", "w-1", 41).write()).isFalse();
    assertThat(plan(steady, "connected", "w-2", 41).write()).isTrue();
    assertThat(plan(steady, "connected", "w-2", 41).changesLinkState()).isFalse();
    assertThat(plan(steady, "degraded", "w-1", 41).write()).isTrue();
    assertThat(plan(steady, "degraded", "w-1", 41).changesLinkState()).isTrue();
    assertThat(failed(steady, 41).changesLinkState()).isFalse();
  }

  private static Probed connected(Probed before, String state, String workerId, int second) {
    return plan(before, state, workerId, second).after();
  }

  private static Update plan(Probed before, String state, String workerId, int second) {
    return ResultPlanner.plan(
        before,
        Sandboxes.result(before, Sandboxes.connection(state, workerId), NOW.plusSeconds(second)),
        false);
  }

  private static Update good(Probed before, int second) {
    return ResultPlanner.plan(
        before, Sandboxes.result(before, Sandboxes.good(), NOW.plusSeconds(second)), false);
  }

  private static Update failed(Probed before, int second) {
    return ResultPlanner.plan(
        before, Sandboxes.result(before, Sandboxes.failure(), NOW.plusSeconds(second)), false);
  }
}
