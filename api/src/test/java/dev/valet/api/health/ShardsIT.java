package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class ShardsIT {
  @Inject HealthBeans injected;

  private final SteppedTime time = new SteppedTime();
  private final UUID sandbox = UUID.randomUUID();
  private HealthBeans beans;
  private TestProber first;
  private TestProber second;

  @BeforeEach
  void start() {
    beans = injected.self();
    beans.reset();
    first = new TestProber(beans, time);
    second = new TestProber(beans, time);
    beans.write(tx -> beans.targets(time).set(tx, Sandboxes.target(sandbox)));
  }

  @Test
  void oneProberTakesAllAndSharesWithTheNext() {
    first.keepUp();
    assertThat(first.held.all()).hasSize(256);

    second.keepUp();
    assertThat(second.held.all()).isEmpty();
    time.step(Duration.ofSeconds(3));
    first.keepUp();
    second.keepUp();

    assertThat(first.held.all()).hasSize(128);
    assertThat(second.held.all()).hasSize(128);
    assertThat(beans.texts("SELECT DISTINCT owner FROM probe_shard"))
        .containsExactlyInAnyOrder(first.id.toString(), second.id.toString());
    assertThat(first.register.all().size() + second.register.all().size()).isEqualTo(1);
  }

  @Test
  void leaseThatIsRenewedIsNotTaken() {
    first.keepUp();
    time.step(Duration.ofSeconds(3));
    first.keepUp();
    second.keepUp();

    assertThat(second.held.all()).isEmpty();
    assertThat(first.held.safe()).hasSizeGreaterThanOrEqualTo(128);
  }

  @Test
  void dyingProbersShardsAreTakenWithNewTokensAndItsStateIsCarriedOn() {
    first.keepUp();
    first.answered(sandbox, Sandboxes.good());
    first.write();
    expireLeases();
    forgetReplica(first);

    second.keepUp();

    assertThat(second.held.all()).hasSize(256).allMatch(claim -> claim.token() >= 2);
    assertThat(second.register.get(sandbox).state().successes()).isEqualTo(1);
    second.answered(sandbox, Sandboxes.good());
    second.write();
    assertThat(status()).isEqualTo("healthy");
  }

  @Test
  void staleOwnersWriteChangesNothing() {
    first.keepUp();
    first.answered(sandbox, Sandboxes.good());
    first.write();
    expireLeases();
    forgetReplica(first);
    second.keepUp();
    String before = row();

    first.answered(sandbox, Sandboxes.failure());
    first.write();

    assertThat(row()).isEqualTo(before);
    assertThat(first.register.get(sandbox).state().failures()).isZero();
  }

  @Test
  void proberThatCannotRenewStopsAskingByItself() {
    first.keepUp();
    time.step(Duration.ofSeconds(7));

    assertThat(first.held.safe()).isEmpty();
    first.prober.turn();
    assertThat(first.results.size()).isZero();
  }

  @Test
  void shardThatWasLostIsNoticedAtTheNextRenewal() {
    first.keepUp();
    expireLeases();
    forgetReplica(first);
    second.keepUp();
    time.step(Duration.ofSeconds(3));
    first.keepUp();

    assertThat(first.held.all()).isEmpty();
    assertThat(first.register.all()).isEmpty();
  }

  @Test
  void manyResultsAreWrittenInBatches() {
    int count = 1_200;
    for (int i = 0; i < count; i++) {
      UUID id = UUID.randomUUID();
      beans.write(tx -> beans.targets(time).set(tx, Sandboxes.target(id)));
    }
    first.keepUp();
    first.register.all().forEach(one -> first.answered(one.target().sandboxId(), Sandboxes.good()));
    first.write();

    assertThat(first.results.size()).isZero();
    assertThat(
            beans.text(
                "SELECT count(*) FROM sandbox_health WHERE probed AND consecutive_successes = 1"))
        .isEqualTo(String.valueOf(count + 1));
  }

  private void expireLeases() {
    beans.write(tx -> tx.update("UPDATE probe_shard SET until = now() - interval '1 second'"));
  }

  private void forgetReplica(TestProber prober) {
    beans.write(tx -> tx.update("DELETE FROM probe_replica WHERE id = $1", prober.id));
  }

  private String status() {
    return beans.text("SELECT status FROM sandbox_health WHERE sandbox_id = $1", sandbox);
  }

  private String row() {
    return beans.text("SELECT h::text FROM sandbox_health h WHERE sandbox_id = $1", sandbox);
  }
}
