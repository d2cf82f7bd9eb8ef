package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProbeWheelTest {
  private final SteppedTime time = new SteppedTime();

  @Test
  void everySandboxComesByExactlyEveryTenSeconds() {
    ProbeWheel wheel = wheel();
    UUID sandbox = Sandboxes.id(77, 3);
    wheel.add(sandbox);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      time.step(ProbeWheel.STEP);
      wheel.due(time.now()).forEach(due -> times.add(time.now().millis()));
    }
    assertThat(times).hasSize(10);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isEqualTo(10_000);
    }
  }

  @Test
  void placeIsTheSameInEveryProberAndAfterARestart() {
    UUID sandbox = Sandboxes.id(123_456, 9);
    long first = wallMillisOfNextTurn(sandbox);
    time.step(Duration.ofMillis(123_457));
    long second = wallMillisOfNextTurn(sandbox);

    assertThat(Math.floorMod(second - first, 10_000L)).isZero();
  }

  @Test
  void clockJumpDoesNotMoveTheRhythm() {
    ProbeWheel wheel = wheel();
    wheel.add(Sandboxes.id(5, 1));
    int count = 0;
    for (int i = 0; i < 1_000; i++) {
      time.step(ProbeWheel.STEP);
      time.jump(Duration.ofHours(i % 2 == 0 ? 3 : -2));
      count += wheel.due(time.now()).size();
    }
    assertThat(count).isEqualTo(2);
  }

  @Test
  void pauseOfManyTurnsBringsEveryoneOnce() {
    ProbeWheel wheel = wheel();
    for (int i = 0; i < 1_000; i++) {
      wheel.add(Sandboxes.id(i * 7_919, i % 256));
    }
    time.step(Duration.ofMinutes(5));

    assertThat(wheel.due(time.now())).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void sandboxesOfOneShardSpreadOverTheTurn() {
    HashSet<Integer> places = new HashSet<>();
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 1_000; i++) {
      UUID id = new UUID(random.nextLong(), (random.nextLong() & ~0xFFL) | 42);
      places.add(ProbeWheel.place(id));
    }
    assertThat(places).hasSizeGreaterThan(400);
  }

  @Test
  void removedOneComesNoMore() {
    ProbeWheel wheel = wheel();
    wheel.add(Sandboxes.id(1, 1));
    wheel.remove(Sandboxes.id(1, 1));
    time.step(Duration.ofSeconds(10));

    assertThat(wheel.due(time.now())).isEmpty();
  }

  private long wallMillisOfNextTurn(UUID sandbox) {
    ProbeWheel wheel = wheel();
    wheel.add(sandbox);
    while (wheel.due(time.now()).isEmpty()) {
      time.step(ProbeWheel.STEP);
    }
    return time.millis() / ProbeWheel.STEP.toMillis() * ProbeWheel.STEP.toMillis();
  }

  private ProbeWheel wheel() {
    return new ProbeWheel(time.now(), time.millis());
  }
}
