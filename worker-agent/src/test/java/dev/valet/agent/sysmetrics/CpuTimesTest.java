package dev.valet.agent.sysmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuTimesTest {

  @Test
  void idleAndWaitingForDiskAreNotBusy() {
    // user nice system idle iowait irq softirq steal guest guest_nice
    assertThat(CpuTimes.parse("cpu  10 1 5 100 50 2 3 4 9 1")).contains(new CpuTimes(25, 175));
  }

  @Test
  void oldKernelsHaveFewerFields() {
    assertThat(CpuTimes.parse("cpu 10 0 10 80")).contains(new CpuTimes(20, 100));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cpu",
        "cpu 1 2 3",
        "cpu0 1 2 3 4",
        "cpu a b c d",
        "intr 1 2 3 4",
        "cpu 1 2 3 -"
      })
  void anythingElseIsNoReading(String line) {
    assertThat(CpuTimes.parse(line)).isEmpty();
  }

  @Test
  void shareIsThatOfTheTimeInBetweenNotSinceBoot() {
    CpuTimes longIdle = new CpuTimes(1_000, 1_000_000);
    CpuTimes thenBusy = new CpuTimes(1_750, 1_001_000);

    assertThat(thenBusy.shareSince(longIdle).getAsDouble()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void noTimePassedIsNoShare() {
    assertThat(new CpuTimes(5, 10).shareSince(new CpuTimes(5, 10))).isEmpty();
  }

  @Test
  void countersThatGoBackAreNoShare() {
    assertThat(new CpuTimes(5, 10).shareSince(new CpuTimes(500, 1000))).isEmpty();
  }

  @Test
  void shareStaysBetweenZeroAndOne() {
    // The kernel's iowait may shrink, so that busy seems to grow faster than time, or to shrink.
    assertThat(new CpuTimes(300, 200).shareSince(new CpuTimes(100, 100))).hasValue(1.0);
    assertThat(new CpuTimes(90, 200).shareSince(new CpuTimes(100, 100))).hasValue(0.0);
  }
}
