package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.agent.ProbeResult;
import dev.valet.api.platform.security.Actor;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class FreezeIT {
  private static final int FLEET = 12;

  @Inject HealthBeans injected;

  private final SteppedTime time = new SteppedTime();
  private final List<UUID> fleet = new ArrayList<>();
  private HealthBeans beans;
  private TestProber prober;

  @BeforeEach
  void healthyFleet() {
    beans = injected.self();
    beans.reset();
    prober = new TestProber(beans, time);
    for (int i = 0; i < FLEET; i++) {
      UUID id = Sandboxes.randomId(i);
      fleet.add(id);
      beans.write(tx -> beans.targets(time).set(tx, Sandboxes.target(id)));
    }
    prober.keepUp();
    for (int i = 0; i < 10; i++) {
      round(0);
    }
  }

  @Test
  void mostOfTheFleetFailingAtOnceFreezesForTenMinutes() {
    round(7);
    round(7);
    round(7);

    assertThat(count("unhealthy")).isZero();
    assertThat(beans.text("SELECT state FROM fleet_freeze")).isEqualTo("frozen");
    assertThat(beans.text("SELECT repair_braked FROM fleet_freeze")).isEqualTo("true");
    assertThat(
            beans.texts(
                "SELECT data ->> 'frozen' FROM outbox WHERE type = 'fleet.freeze'"
                    + " AND tenant_id IS NULL"))
        .containsExactly("true");

    for (int i = 0; i < 56; i++) {
      round(7);
    }
    assertThat(count("unhealthy")).isZero();

    for (int i = 0; i < 3; i++) {
      round(7);
    }
    assertThat(count("unhealthy")).isEqualTo(7);
  }

  @Test
  void frozenFleetEndsIsNotFrozenAgainUntilWellAndRepairWaitsForRelease() {
    freezeAndWaitForItsEnd();
    FleetFreeze freeze = beans.freeze(time);
    beans.await(freeze::run);
    assertThat(beans.text("SELECT state FROM fleet_freeze")).isEqualTo("ended");
    assertThat(
            beans.texts(
                "SELECT data ->> 'frozen' FROM outbox WHERE type = 'fleet.freeze'"
                    + " AND tenant_id IS NULL ORDER BY id"))
        .containsExactly("true", "false");

    round(7);
    round(7);
    assertThat(count("unhealthy")).isEqualTo(7);
    for (int i = 0; i < 8; i++) {
      round(0);
    }
    beans.await(freeze::run);
    assertThat(beans.text("SELECT state FROM fleet_freeze")).isEqualTo("idle");
    assertThat(beans.text("SELECT repair_braked FROM fleet_freeze")).isEqualTo("true");

    beans.write(tx -> freeze.release(tx, Actor.system("test")));
    assertThat(beans.text("SELECT repair_braked FROM fleet_freeze")).isEqualTo("false");
  }

  @Test
  void halfOfTheFleetIsNotMost() {
    round(6);
    round(6);
    round(6);

    assertThat(count("unhealthy")).isEqualTo(6);
    assertThat(beans.text("SELECT state FROM fleet_freeze")).isEqualTo("idle");
  }

  @Test
  void proberWhoseOwnSandboxesFailAloneGivesThemUp() {
    TestProber other = new TestProber(beans, time);
    giveShardsOfHalfTheFleetTo(other);
    List<UUID> mine = prober.register.all().stream().map(one -> one.target().sandboxId()).toList();
    assertThat(mine).hasSize(FLEET / 2);
    String before = failures();

    time.step(Duration.ofSeconds(3));
    prober.keepUp();
    mine.forEach(id -> prober.answered(id, Sandboxes.failure()));
    prober.write();

    assertThat(prober.held.all()).isEmpty();
    assertThat(failures()).isEqualTo(before);
    assertThat(beans.text("SELECT state FROM fleet_freeze")).isEqualTo("idle");
    assertThat(beans.text("SELECT count(*) FROM probe_shard WHERE owner = $1", prober.id))
        .isEqualTo("0");

    prober.keepUp();
    assertThat(prober.held.all()).as("it holds off").isEmpty();
    time.step(ShardKeeper.HOLD_OFF);
    prober.keepUp();
    assertThat(prober.held.all()).isNotEmpty();
  }

  /** Moves the shards of every second sandbox, as rebalancing would. */
  private void giveShardsOfHalfTheFleetTo(TestProber other) {
    for (int i = 0; i < FLEET / 2; i++) {
      short shard = (short) Shards.of(fleet.get(i));
      beans.write(tx ->
          tx.update(
              "UPDATE probe_shard SET owner = $1, token = token + 1 WHERE shard = $2",
              other.id,
              shard));
    }
    time.step(Duration.ofSeconds(3));
    prober.keepUp();
  }

  private void freezeAndWaitForItsEnd() {
    for (int i = 0; i < 62; i++) {
      round(7);
      if (count("unhealthy") > 0) {
        return;
      }
    }
  }

  /** All are probed once; so many of them fail. */
  private void round(int failing) {
    time.step(ProbeWheel.PERIOD);
    prober.keepUp();
    for (int i = 0; i < FLEET; i++) {
      ProbeResult answer = i < failing ? Sandboxes.failure() : Sandboxes.good();
      prober.answered(fleet.get(i), answer);
    }
    prober.write();
  }

  private int count(String status) {
    return Integer.parseInt(
        beans.text("SELECT count(*) FROM sandbox_health WHERE probed AND status = $1", status));
  }

  private String failures() {
    return beans.text("SELECT sum(consecutive_failures) FROM sandbox_health WHERE probed");
  }
}
