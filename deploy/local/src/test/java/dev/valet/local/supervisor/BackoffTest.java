package dev.valet.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration SOON = Duration.ofSeconds(3);

  @Test
  void theFirstStartDoesNotWait() {
    assertThat(Backoff.NONE.delay()).isZero();
  }

  @Test
  void deathsInARowWaitTwiceAsLongEachUpToHalfAMinute() {
    List<Long> seconds = new ArrayList<>();
    Backoff backoff = Backoff.NONE;
    for (int i = 0; i < 8; i++) {
      backoff = backoff.afterDeath(SOON);
      seconds.add(backoff.delay().toSeconds());
    }
    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void aPartThatRanForAWhileStartsAfresh() {
    Backoff tired = new Backoff(7);
    assertThat(tired.afterDeath(Duration.ofMinutes(2)).delay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void manyDeathsDoNotOverflow() {
    Backoff backoff = new Backoff(Integer.MAX_VALUE).afterDeath(SOON);
    assertThat(backoff.delay()).isEqualTo(Duration.ofSeconds(30));
  }
}
