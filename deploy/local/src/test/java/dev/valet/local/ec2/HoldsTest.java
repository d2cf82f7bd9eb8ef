package dev.valet.local.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.local.ec2.chaos.ChaosRefusal;
import dev.valet.local.ec2.chaos.Holds.Moment;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are made to wait, so that somebody can be killed meanwhile. */
@Timeout(60)
class HoldsTest {

  @TempDir Path data;
  Cloud cloud;

  @BeforeEach
  void begin() throws Exception {
    cloud = new Cloud(data);
  }

  @AfterEach
  void end() throws Exception {
    cloud.close();
  }

  private CompletableFuture<String> launching() {
    return CompletableFuture.supplyAsync(cloud::launch, Thread::startVirtualThread);
  }

  private void awaitHeld(String place, int count) {
    while (!cloud.ec2.chaos().waiting().getOrDefault(place, 0).equals(count)) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private int instances() {
    return cloud.sdk.describeInstances().reservations().size();
  }

  @Test
  void heldBeforeNothingHasHappenedYet() throws Exception {
    cloud.ec2.chaos().hold("RunInstances", Moment.BEFORE);
    CompletableFuture<String> call = launching();
    awaitHeld("RunInstances before", 1);
    assertThat(instances()).isZero();
    assertThat(call).isNotDone();

    cloud.ec2.chaos().release();

    assertThat(call.get(20, TimeUnit.SECONDS)).startsWith("i-");
    assertThat(instances()).isEqualTo(1);
  }

  @Test
  void heldAfterItHasHappenedAndIsJournalledButNotAnswered() throws Exception {
    cloud.ec2.chaos().hold("RunInstances", Moment.AFTER);
    CompletableFuture<String> call = launching();
    awaitHeld("RunInstances after", 1);
    assertThat(instances()).isEqualTo(1);
    assertThat(call).isNotDone();

    cloud.restart();

    assertThat(call).failsWithin(20, TimeUnit.SECONDS);
    assertThat(instances()).isEqualTo(1);
  }

  @Test
  void allFollowingCallsOfTheActionWaitAndOthersDoNot() throws Exception {
    cloud.ec2.chaos().hold("RunInstances", Moment.BEFORE);
    CompletableFuture<String> first = launching();
    CompletableFuture<String> second = launching();
    awaitHeld("RunInstances before", 2);
    assertThat(instances()).isZero();

    assertThat(cloud.ec2.chaos().release()).isEqualTo("released {RunInstances before=2}");

    CompletableFuture.allOf(first, second).get(20, TimeUnit.SECONDS);
    assertThat(cloud.launch()).startsWith("i-");
    assertThat(cloud.ec2.chaos().waiting()).isEqualTo(Map.of());
  }

  @Test
  void theEndOfTheServiceLetsNoHeldCallGoOn() throws Exception {
    cloud.ec2.chaos().hold("RunInstances", Moment.BEFORE);
    CompletableFuture<String> call = launching();
    awaitHeld("RunInstances before", 1);

    cloud.restart();

    assertThat(call).failsWithin(20, TimeUnit.SECONDS);
    assertThat(instances()).isZero();
  }

  @Test
  void onlyActionsThatExistCanBeHeld() {
    assertThatThrownBy(() -> cloud.ec2.chaos().hold("RunInstance", Moment.BEFORE))
        .isInstanceOf(ChaosRefusal.class)
        .hasMessageContaining("RunInstances");
  }
}
