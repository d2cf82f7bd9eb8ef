package dev.valet.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DenialLimiterTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T00:00:00Z"));
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private final DenialLimiter limiter = new DenialLimiter(clock);

  @Test
  void oneCallerIsRecordedAFewTimesAMinute() {
    assertThat(admitted("a", 50)).isEqualTo(DenialLimiter.PER_CALLER);
    assertThat(admitted("b", 1)).isEqualTo(1);
  }

  @Test
  void theNextMinuteStartsAfresh() {
    admitted("a", 50);
    now.updateAndGet(at -> at.plus(Duration.ofSeconds(61)));
    assertThat(admitted("a", 50)).isEqualTo(DenialLimiter.PER_CALLER);
  }

  @Test
  void manyCallersTogetherAreBoundedToo() {
    long admitted = IntStream.range(0, 5_000).filter(i -> limiter.admit("caller-" + i)).count();
    assertThat(admitted).isEqualTo(DenialLimiter.OF_ALL);
  }

  private long admitted(String caller, int times) {
    return IntStream.range(0, times).filter(i -> limiter.admit(caller)).count();
  }
}
