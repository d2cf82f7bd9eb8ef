package dev.valet.api.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.api.realtime.EventTail.Found;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventTailTest {
  private static final UUID STREAM = UUID.randomUUID();

  private final EventTail tail = new EventTail(4);

  private void filled() {
    tail.start(STREAM, 10);
    for (long seq = 11; seq <= 16; seq++) {
      tail.add(Fixture.event(seq));
    }
  }

  private Found after(long seq) {
    return tail.after(seq, tail.epoch(), 100);
  }

  @Test
  void newestAreKeptAndOlderOnesMustBeReadElsewhere() {
    filled();
    assertThat(after(12)).isEqualTo(new Found.Events(Fixture.events(13, 16)));
    assertThat(after(15)).isEqualTo(new Found.Events(Fixture.events(16, 16)));
    assertThat(after(16)).isEqualTo(new Found.Events(Fixture.events(17, 16)));
    assertThat(after(20)).isEqualTo(new Found.Events(Fixture.events(17, 16)));
    assertThat(after(11)).isEqualTo(new Found.Older());
    assertThat(tail.after(12, tail.epoch(), 2)).isEqualTo(new Found.Events(Fixture.events(13, 14)));
  }

  @Test
  void readersFromBeforeARestartAreTold() {
    int early = tail.epoch();
    tail.start(STREAM, 10);
    assertThat(tail.after(10, early, 1)).as("the first start").isInstanceOf(Found.Events.class);
    tail.start(STREAM, 5);
    assertThat(tail.after(5, early, 1)).isEqualTo(new Found.Restarted());
    assertThat(after(4)).isEqualTo(new Found.Older());
  }

  @Test
  void gapIsRefused() {
    tail.start(STREAM, 10);
    assertThatThrownBy(() -> tail.add(Fixture.event(12)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
