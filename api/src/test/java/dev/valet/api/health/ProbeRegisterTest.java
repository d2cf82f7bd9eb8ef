package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.health.HeldShards.Claim;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProbeRegisterTest {
  private final SteppedTime time = new SteppedTime();
  private final ProbeRegister register = new ProbeRegister(time, time);
  private final UUID id = Sandboxes.id(1, 7);
  private final Probed first = Sandboxes.healthy(id, 1);

  @Test
  void rereadingDoesNotUndoWhatWasLearnt() {
    register.put(first);
    Probed learnt = failedOnce(first);
    register.advance(learnt);
    register.put(first);

    assertThat(register.get(id)).isEqualTo(learnt);
  }

  @Test
  void newTargetReplacesWhatIsKnownAndOldResultsDoNotComeBack() {
    register.put(first);
    Probed next = withVersion(first, 2);
    register.put(next);
    register.advance(failedOnce(first));

    assertThat(register.get(id)).isEqualTo(next);
  }

  @Test
  void olderReadingDoesNotReplaceANewerTarget() {
    register.put(withVersion(first, 2));
    register.put(first);

    assertThat(register.get(id)).isEqualTo(withVersion(first, 2));
  }

  @Test
  void lostShardIsProbedNoMore() {
    register.put(first);
    register.keepOnly(List.of(new Claim(7, 2)));
    time.step(Duration.ofSeconds(10));

    assertThat(register.due()).isEmpty();
    assertThat(register.all()).isEmpty();
  }

  @Test
  void shardTakenAnewIsReadAnew() {
    register.put(first);
    Probed again = Sandboxes.healthy(id, 2);
    register.put(again);

    assertThat(register.get(id)).isEqualTo(again);
  }

  @Test
  void completeReadingRemovesWhatItDoesNotShow() {
    UUID other = Sandboxes.id(1, 8);
    register.put(first);
    register.put(Sandboxes.healthy(other, 1));
    register.keepOnly(Set.of(7), Set.of());

    assertThat(register.get(id)).isNull();
    assertThat(register.get(other)).isNotNull();
  }

  private Probed failedOnce(Probed before) {
    return ResultPlanner.plan(
            before, Sandboxes.result(before, Sandboxes.failure(), time.instant()), false)
        .after();
  }

  private static Probed withVersion(Probed one, long version) {
    return new Probed(
        one.target(), version, one.claim(), one.state(), null, null, null, null, null, null);
  }
}
