package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.sandbox.lifecycle.PlannerFixture.CONFIG;
import static dev.valet.api.sandbox.lifecycle.PlannerFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Failed;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Launching;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a failed RunInstances means for its stored intent. */
class LaunchOutcomesTest {
  private static final Instant BEFORE = NOW.minusSeconds(30);

  private static Outcome fail(ComputeError error, @Nullable Instant sentAt) {
    return failOf(error, new PlannerFixture(new Launching(BEFORE)).attempt(sentAt));
  }

  private static Outcome failOf(ComputeError error, PlannerFixture fixture) {
    Claim claim = fixture.claim();
    ComputeException failure = new ComputeException(error, "Code", "message", null);
    return new Outcomes(CONFIG).launchFailed(claim, fixture.attempt, failure, 0.5, NOW);
  }

  private static String end(Outcome outcome) {
    return ((Outcome.AttemptEnd) outcome.attempt()).outcome();
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
    assertThat(end(outcome)).isEqualTo("no_capacity");
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
  void conflictSaysWhatToDoAndIsNoReasonToSendAgain() {
    Outcome outcome = fail(ComputeError.TOKEN_MISMATCH, BEFORE);
    assertThat(((Failed) outcome.next().phase()).code()).isEqualTo("launch_conflict");
    assertThat(outcome.next().reason()).contains("Terminate the sandbox");

    PlannerFixture ending = new PlannerFixture(new Failed(BEFORE, "launch_timeout", 1));
    Outcome late = failOf(ComputeError.TOKEN_MISMATCH, ending.attempt(BEFORE));
    assertThat(late.next().phase()).isEqualTo(new Failed(BEFORE, "launch_conflict", 1));
  }

  @Test
  void launchedAndGoneIsNotLaunchedAgain() {
    Outcome outcome = fail(ComputeError.TOKEN_TERMINATED, BEFORE);
    assertThat(end(outcome)).isEqualTo("launched_and_gone");
    assertThat(((Failed) outcome.next().phase()).code()).isEqualTo("terminated_externally");
  }

  @Test
  void backOffGrowsToAMinuteAndHasJitter() {
    assertThat(Outcomes.backOff(0, 0)).isEqualTo(Duration.ofMillis(500));
    assertThat(Outcomes.backOff(0, 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Outcomes.backOff(40, 1)).isEqualTo(Duration.ofMinutes(1));
  }
}
