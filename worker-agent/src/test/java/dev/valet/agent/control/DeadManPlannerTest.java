package dev.valet.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.control.DeadManPlanner.Decision;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadManPlannerTest {
  private static final UUID SANDBOX = UUID.fromString("01900000-0000-7000-8000-000000000001");
  private static final Duration DAY = Duration.ofHours(24);

  private final DeadManPlanner planner = new DeadManPlanner(SANDBOX, DAY);

  @ParameterizedTest
  @CsvSource({
    "-1, true, WAIT",
    "-1, false, WAIT",
    "0, true, POWER_OFF",
    "0, false, WAIT_FOR_TASKS",
    "86400, true, POWER_OFF",
    "86400, false, WAIT_FOR_TASKS"
  })
  void onlyAnIdleMachineGoesOffAndOnlyAfterItsTime(
      long secondsAfter, boolean idle, Decision decision) {
    Duration silence = planner.limit().plusSeconds(secondsAfter);

    assertThat(planner.decide(silence, idle)).isEqualTo(decision);
  }

  @Test
  void zeroHoursSwitchItOff() {
    assertThat(new DeadManPlanner(SANDBOX, Duration.ZERO).decide(Duration.ofDays(999), true))
        .isEqualTo(Decision.WAIT);
  }

  @Test
  void aFleetGoesOffSpreadOverTwoHoursAndEachSandboxAlwaysAtTheSameTime() {
    long[] minutes =
        LongStream.range(0, 1_200)
            .map(i ->
                new DeadManPlanner(new UUID(0x0190_0000_0000_7000L, i), DAY)
                    .limit()
                    .minus(DAY)
                    .toMinutes())
            .toArray();

    assertThat(LongStream.of(minutes).boxed()).allMatch(minute -> minute >= 0 && minute < 120);
    for (int quarter = 0; quarter < 8; quarter++) {
      long from = quarter * 15L;
      assertThat(LongStream.of(minutes).filter(m -> m >= from && m < from + 15).count())
          .as("in the quarter of an hour from minute %d", from)
          .isBetween(90L, 210L);
    }
    assertThat(new DeadManPlanner(SANDBOX, DAY).limit()).isEqualTo(planner.limit());
  }
}
