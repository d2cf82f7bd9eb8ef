package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.health.HeldShards.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldShardsTest {
  private final SteppedTime time = new SteppedTime();
  private final HeldShards held = new HeldShards(time);
  private final Claim claim = new Claim(7, 3);

  @Test
  void holderStopsBeforeItsLeaseEnds() {
    held.hold(List.of(claim), time.now());
    time.step(Duration.ofMillis(6_999));
    assertThat(held.isSafe(claim)).isTrue();

    time.step(Duration.ofMillis(1));
    assertThat(held.isSafe(claim)).isFalse();
    assertThat(held.safe()).isEmpty();
    assertThat(held.all()).containsExactly(claim);
  }

  @Test
  void slowRenewalCountsFromWhenItWasAsked() {
    MonotonicTime.Moment asked = time.now();
    time.step(Duration.ofSeconds(7));
    held.hold(List.of(claim), asked);

    assertThat(held.isSafe(claim)).isFalse();
  }

  @Test
  void renewalProlongs() {
    held.hold(List.of(claim), time.now());
    time.step(Duration.ofSeconds(6));
    held.hold(List.of(claim), time.now());
    time.step(Duration.ofSeconds(6));

    assertThat(held.isSafe(claim)).isTrue();
  }

  @Test
  void anotherTokenIsAnotherClaim() {
    held.hold(List.of(claim), time.now());

    assertThat(held.isSafe(new Claim(7, 4))).isFalse();
  }

  @Test
  void lostShardsAreForgotten() {
    held.hold(List.of(claim, new Claim(8, 1)), time.now());
    held.keepOnly(Set.of(8));

    assertThat(held.all()).containsExactly(new Claim(8, 1));
  }

  @Test
  void fairShareIsAllForOneAndRoundedUpForMany() {
    assertThat(ShardPlanner.fairShare(0)).isEqualTo(256);
    assertThat(ShardPlanner.fairShare(1)).isEqualTo(256);
    assertThat(ShardPlanner.fairShare(3)).isEqualTo(86);
    assertThat(ShardPlanner.toTake(86, 3)).isZero();
    assertThat(ShardPlanner.toTake(0, 3)).isEqualTo(86);
    assertThat(ShardPlanner.toRelease(256, 3)).isEqualTo(170);
    assertThat(ShardPlanner.toRelease(10, 3)).isZero();
  }
}
