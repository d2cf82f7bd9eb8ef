package dev.valet.api.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProbeQueueTest {

  @Test
  void neverMoreThanTheBoundAreUnderWay() {
    ProbeQueue queue = new ProbeQueue(4);
    offer(queue, 0, 10, false);

    assertThat(takeAll(queue)).hasSize(4);
    assertThat(queue.inFlight()).isEqualTo(4);
    assertThat(queue.waiting()).isEqualTo(6);
  }

  @Test
  void agentsThatDoNotAnswerLeaveRoomForTheOthers() {
    ProbeQueue queue = new ProbeQueue(4);
    offer(queue, 0, 10, true);
    assertThat(takeAll(queue)).hasSize(2);

    offer(queue, 100, 2, false);
    assertThat(takeAll(queue)).containsExactly(Sandboxes.id(100, 0), Sandboxes.id(101, 0));
  }

  @Test
  void placeGoesToTheNextWhenOneIsDone() {
    ProbeQueue queue = new ProbeQueue(2);
    offer(queue, 0, 3, false);
    List<UUID> first = takeAll(queue);
    queue.done(first.getFirst());

    assertThat(queue.next()).isEqualTo(Sandboxes.id(2, 0));
    assertThat(queue.next()).isNull();
  }

  @Test
  void sandboxIsNeverTwiceInLineOrUnderWay() {
    ProbeQueue queue = new ProbeQueue(2);
    UUID one = Sandboxes.id(1, 0);

    assertThat(queue.offer(one, false)).isTrue();
    assertThat(queue.offer(one, false)).isFalse();
    assertThat(queue.next()).isEqualTo(one);
    assertThat(queue.offer(one, true)).isFalse();
    queue.done(one);
    assertThat(queue.offer(one, true)).isTrue();
  }

  @Test
  void boundThatLeavesNoRoomIsRefused() {
    assertThatThrownBy(() -> new ProbeQueue(1)).hasMessageContaining("max-in-flight");
  }

  private static void offer(ProbeQueue queue, int first, int count, boolean failedLast) {
    for (int i = first; i < first + count; i++) {
      queue.offer(Sandboxes.id(i, 0), failedLast);
    }
  }

  private static List<UUID> takeAll(ProbeQueue queue) {
    List<UUID> taken = new ArrayList<>();
    for (UUID next = queue.next(); next != null; next = queue.next()) {
      taken.add(next);
    }
    return taken;
  }
}
