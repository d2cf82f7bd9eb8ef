package dev.valet.api.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailureLimiterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final FailureLimiter limiter = new FailureLimiter();

  @Test
  void addressMustWaitAfterManyFailuresAndMayTryAgainLater() {
    fail("10.0.0.1", FailureLimiter.BURST - 1);
    assertThat(limiter.mayTry("10.0.0.1", NOW)).isTrue();

    fail("10.0.0.1", 1);
    assertThat(limiter.mayTry("10.0.0.1", NOW)).isFalse();
    assertThat(limiter.mayTry("10.0.0.1", NOW.plusMillis(1_999))).isFalse();
    assertThat(limiter.mayTry("10.0.0.1", NOW.plusSeconds(2))).isTrue();
  }

  @Test
  void otherAddressesAreNotTouched() {
    fail("10.0.0.1", 100);

    assertThat(limiter.mayTry("10.0.0.2", NOW)).isTrue();
  }

  @Test
  void slowFailuresAreForgiven() {
    Instant now = NOW;
    for (int i = 0; i < 1_000; i++) {
      limiter.failed("10.0.0.1", now);
      now = now.plus(FailureLimiter.REFILL);
    }
    assertThat(limiter.mayTry("10.0.0.1", now)).isTrue();
  }

  @Test
  void memoryIsBoundedAndTheLongestSilentAddressIsForgotten() {
    fail("first", FailureLimiter.BURST);
    for (int i = 0; i < FailureLimiter.ADDRESSES; i++) {
      limiter.failed("other-" + i, NOW);
    }
    assertThat(limiter.mayTry("first", NOW)).isTrue();
  }

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      limiter.failed(address, NOW);
    }
  }
}
