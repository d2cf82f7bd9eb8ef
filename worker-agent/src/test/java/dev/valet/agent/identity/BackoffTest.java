package dev.valet.agent.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private final Random random = new Random(42);

  @ParameterizedTest
  @CsvSource({
    "0, 2",
    "1, 2",
    "2, 4",
    "3, 8",
    "5, 32",
    "6, 60",
    "7, 60",
    "1000, 60",
    "2147483647, 60"
  })
  void waitIsSpreadUpToABoundThatDoubles(int failures, long boundSeconds) {
    long bound = boundSeconds * 1000;
    long[] waits =
        LongStream.generate(() -> Backoff.DEFAULT.unavailable(failures, random).toMillis())
            .limit(2000)
            .toArray();

    assertThat(LongStream.of(waits)).allMatch(wait -> wait >= 1000 && wait <= bound);
    long middle = (1000 + bound) / 2;
    assertThat(LongStream.of(waits).filter(wait -> wait < middle).count()).isBetween(800L, 1200L);
  }

  @Test
  void refusalWaitsAboutAMinute() {
    for (int i = 0; i < 1000; i++) {
      assertThat(Backoff.DEFAULT.refused(random))
          .isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
    }
  }
}
