package dev.valet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccessVersionTest {
  private final StepClock clock = new StepClock();
  private final HeldStore store = new HeldStore();
  private final AccessVersion version = new AccessVersion(store, clock);

  @Test
  void withinASecondNobodyAsksAgain() {
    List<Long> first = ask();
    store.answer(7);
    clock.step(Duration.ofMillis(999));
    assertThat(first).containsExactly(7L);
    assertThat(ask()).containsExactly(7L);
    assertThat(store.open).isEmpty();
  }

  @Test
  void afterASecondOneAsksAndTheOthersGoOn() {
    ask();
    store.answer(7);
    clock.step(Duration.ofMillis(1_500));
    List<Long> asking = ask();
    assertThat(asking).isEmpty();
    assertThat(ask()).containsExactly(7L);
    store.answer(8);
    assertThat(asking).containsExactly(8L);
    assertThat(ask()).containsExactly(8L);
  }

  @Test
  void afterThreeSecondsNobodyGoesByWhatWas() {
    ask();
    store.answer(7);
    clock.step(Duration.ofSeconds(3));
    assertThat(ask()).isEmpty();
    assertThat(ask()).isEmpty();
    assertThat(store.open).hasSize(2);
  }

  @Test
  void ageCountsFromTheQuestionNotFromTheAnswer() {
    ask();
    clock.step(Duration.ofSeconds(4));
    store.answer(7);
    assertThat(ask()).isEmpty();
  }

  @Test
  void clockSetBackMakesItOld() {
    ask();
    store.answer(7);
    clock.step(Duration.ofHours(-1));
    assertThat(ask()).isEmpty();
  }

  @Test
  void ownChangeIsSeenAtOnce() {
    ask();
    store.answer(7);
    version.forget();
    assertThat(ask()).isEmpty();
  }

  private List<Long> ask() {
    List<Long> answers = new ArrayList<>();
    version.recent().subscribe().with(answers::add);
    return answers;
  }

  /** Answers when told to. */
  private static final class HeldStore extends AccessVersionStore {
    final List<UniEmitter<? super Long>> open = new ArrayList<>();

    HeldStore() {
      super(null);
    }

    @Override
    Uni<Long> read() {
      return Uni.createFrom().emitter(open::add);
    }

    void answer(long version) {
      List<UniEmitter<? super Long>> asked = List.copyOf(open);
      open.clear();
      asked.forEach(one -> one.complete(version));
    }
  }

  private static final class StepClock extends Clock {
    private Instant now = Instant.parse("2026-11-24T00:00:00Z");

    void step(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
