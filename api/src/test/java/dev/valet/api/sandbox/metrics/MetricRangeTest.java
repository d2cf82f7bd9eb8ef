package dev.valet.api.sandbox.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.metrics.MetricStep;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricRangeTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:07:30Z");
  private static final Instant OLDEST = NOW.minus(Duration.ofDays(14));

  @Test
  void lastDayInFiveMinutesUnlessAskedOtherwise() {
    MetricRange range = of(null, null, null);
    assertThat(range.step()).isEqualTo(MetricStep.FIVE_MINUTES);
    assertThat(range.from()).isEqualTo("2026-11-23T10:05:00Z");
    assertThat(range.to()).isEqualTo("2026-11-24T10:10:00Z");
  }

  @Test
  void daysBeginInUtc() {
    MetricRange range = of(NOW.minus(Duration.ofDays(30)), null, MetricStep.DAY);
    assertThat(range.from()).isEqualTo("2026-10-25T00:00:00Z");
    assertThat(range.to()).isEqualTo("2026-11-25T00:00:00Z");
    assertThat(range.ofHours()).isTrue();
  }

  @Test
  void tooManyPointsAreRefusedWithTheStepsThatWork() {
    refused(
        NOW.minus(Duration.ofDays(7)), null, MetricStep.MINUTE, "step", "15m", "1h", "6h", "1d");
  }

  @Test
  void stepsUnderAnHourAreRefusedWhereMinutesAreGone() {
    Instant from = NOW.minus(Duration.ofDays(20));
    refused(from, from.plus(Duration.ofHours(1)), MetricStep.MINUTE, "step", "1h", "6h", "1d");
    assertThat(of(from, null, null).step()).isEqualTo(MetricStep.HOUR);
  }

  @Test
  void emptyAndEndlessRangesAreRefused() {
    refused(NOW, NOW, null, "from");
    refused(NOW, NOW.minusSeconds(1), null, "from");
    refused(Instant.EPOCH, null, null, "from");
  }

  private static MetricRange of(
      @Nullable Instant from, @Nullable Instant to, @Nullable MetricStep step) {
    return MetricRange.of(from, to, step, NOW, OLDEST);
  }

  private static void refused(
      Instant from,
      @Nullable Instant to,
      @Nullable MetricStep step,
      String field,
      String... allowed) {
    assertThatThrownBy(() -> of(from, to, step))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.errors().getFirst().field()).isEqualTo(field);
              if (allowed.length > 0) {
                assertThat(problem.errors().getFirst().allowed()).isEqualTo(List.of(allowed));
              }
            });
  }
}
