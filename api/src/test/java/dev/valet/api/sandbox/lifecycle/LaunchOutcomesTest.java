package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.sandbox.lifecycle.PlannerFixture.CONFIG;
import static dev.valet.api.sandbox.lifecycle.PlannerFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Failed;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Launching;
import dev.valet.common.sandbox.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a failed RunInstances means for its stored intent. */
class LaunchOutcomesTest {
  private static final Instant BEFORE = NOW.minusSeconds(30);

  private static Outcome fail(ComputeError error, @Nullable Instant sentAt) {
    PlannerFixture fixture = new PlannerFixture(new Launching(BEFORE)).attempt(sentAt);
    Observed observed = fixture.observed();
    Claim claim =
        new Claim(
            new UUID(0, 2),
            Long.MAX_VALUE,
            new Claim.Owner(
                new UUID(0, 1), new UUID(0, 3), Environment.DEV, "a", new UUID(0, 4), 1, 1),
            fixture.desired(),
            observed.status(),
            observed);
    ComputeException failure = new ComputeException(error, "Code", "message", null);
    return new Outcomes(CONFIG).launchFailed(claim, observed.attempt(), failure, 0.5, NOW);
  }

  @ParameterizedTest
  @EnumSource(
      value = ComputeError.class,
      names = {"UNKNOWN", "THROTTLED", "NOT_FOUND", "INCORRECT_STATE", "TOKEN_MISMATCH"})
  void attemptStaysOpenWithoutProof(ComputeError error) {
    assertThat(fail(error, null).attempt()).isNull();
    assertThat(fail(error, BEFORE).attempt()).isNull();
  }

  @Test
  void noCapacityClosesTheAttemptAndGoesOnToTheNextOffering() {
    Outcome outcome = fail(ComputeError.NO_CAPACITY, BEFORE);
    assertThat(outcome.attempt().outcome()).isEqualTo("no_capacity");
    assertThat(outcome.next().phase()).isInstanceOf(Launching.class);
    assertThat(outcome.again()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = ComputeError.class,
      names = {"UNAUTHORIZED", "INVALID"})
  void refusalOfAReplayDoesNotProveThatTheFirstSendDidNothing(ComputeError error) {
    assertThat(fail(error, BEFORE).attempt()).isNull();
    Outcome first = fail(error, null);
    assertThat(first.attempt()).isNotNull();
    assertThat(((Failed) first.next().phase()).code()).isEqualTo("launch_refused");
  }

  @Test
  void launchedAndGoneIsNotLaunchedAgain() {
    Outcome outcome = fail(ComputeError.TOKEN_TERMINATED, BEFORE);
    assertThat(outcome.attempt().outcome()).isEqualTo("launched_and_gone");
    assertThat(((Failed) outcome.next().phase()).code()).isEqualTo("terminated_externally");
  }

  @Test
  void backOffGrowsToAMinuteAndHasJitter() {
    assertThat(Outcomes.backOff(0, 0)).isEqualTo(Duration.ofMillis(500));
    assertThat(Outcomes.backOff(0, 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Outcomes.backOff(40, 1)).isEqualTo(Duration.ofMinutes(1));
  }
}
