package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.sandbox.lifecycle.PlannerFixture.CONFIG;
import static dev.valet.api.sandbox.lifecycle.PlannerFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.sandbox.lifecycle.SandboxAction.Wait;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Failed;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Launching;
import dev.valet.common.sandbox.DesiredState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a terminate resolves an open launch attempt. */
class AttemptPlannerTest {

  private static @Nullable Instant before(@Nullable Integer seconds) {
    return seconds == null ? null : NOW.minusSeconds(seconds);
  }

  /** Ages in seconds; empty for never. */
  @ParameterizedTest
  @CsvSource({
    // failure code | retries | first sent | last sent | listed without it | action
    "                , 0,     ,     ,    , AbandonLaunch",
    "                , 9,     ,     ,    , AbandonLaunch",
    "                , 0,   10,   10,    , SendLaunch",
    "                , 2, 3600,   10,    , SendLaunch",
    "                , 3, 3600,   10,    , Wait",
    "                , 3, 3600,  299,    , Wait",
    "                , 3, 3600,  300,    , FindLaunch",
    "                , 9, 3600,  900,  29, Wait",
    "                , 9, 3600,  900,  30, FindLaunch",
    "launch_timeout  , 0, 3600, 3600,    , SendLaunch",
    "launch_timeout  , 3, 3600, 3600,    , FindLaunch",
    "launch_conflict , 0,   10,   10,    , Wait",
    "launch_conflict , 0, 3600,  299,    , Wait",
    "launch_conflict , 0, 3600,  300,    , FindLaunch",
    "launch_conflict , 0, 3600,  900,  29, Wait",
    "launch_conflict , 0, 3600,  900,  30, FindLaunch",
  })
  void sentAgainThenListedWhenItWouldShow(
      @Nullable String failure,
      int retries,
      @Nullable Integer sent,
      @Nullable Integer lastSent,
      @Nullable Integer absent,
      String action) {
    SandboxPhase phase =
        failure == null
            ? new Launching(NOW.minusSeconds(3600))
            : new Failed(NOW.minusSeconds(3600), failure, 1);
    SandboxAction plan =
        new PlannerFixture(phase)
            .attempt(before(sent), before(lastSent), before(absent))
            .retried(retries)
            .wants(DesiredState.TERMINATED)
            .plan();
    assertThat(plan.getClass().getSimpleName()).isEqualTo(action);
    if (plan instanceof Wait wait) {
      assertThat(wait.again()).isPositive().isLessThanOrEqualTo(CONFIG.launchVisible());
    }
  }
}
