package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.sandbox.lifecycle.PlannerFixture.CONFIG;
import static dev.valet.api.sandbox.lifecycle.PlannerFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.agent.CommandOutcome;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Call;
import dev.valet.api.sandbox.lifecycle.SandboxAction.CallEc2;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Drain;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Move;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Resume;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Booting;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.DrainFor;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Draining;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Failed;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Replacing;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Running;
import dev.valet.api.sandbox.lifecycle.Upgrade.Step;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How long running tasks are waited for, and what an agent's answers mean. */
class DrainPlannerTest {
  private static final Instant RECENT = NOW.minusSeconds(50);

  private static Draining draining(DrainFor next) {
    return Draining.begun(next, RECENT);
  }

  private static PlannerFixture sandbox(Draining phase) {
    PlannerFixture sandbox = new PlannerFixture(phase).ec2(Ec2Status.RUNNING);
    sandbox.contact("boot-1", RECENT.minusSeconds(60));
    return switch (phase.next()) {
      case STOP -> sandbox.wants(DesiredState.STOPPED);
      case TERMINATE -> sandbox.wants(DesiredState.TERMINATED);
      case REPLACE -> sandbox.needs(Step.REPLACE);
      case RESTART -> sandbox;
    };
  }

  private static Draining moved(SandboxAction action) {
    return (Draining) ((Move) action).to();
  }

  @ParameterizedTest
  @EnumSource(DrainFor.class)
  void theAgentIsToldAgainAndAgainUntilItIsOver(DrainFor next) {
    Draining phase = draining(next);

    assertThat(sandbox(phase).plan()).isEqualTo(new Drain(phase));
    assertThat(sandbox(phase.heard(2)).plan()).isEqualTo(new Drain(phase.heard(2)));
  }

  @ParameterizedTest
  @EnumSource(DrainFor.class)
  void whatComesAfterIsDoneOnlyThen(DrainFor next) {
    SandboxAction action = sandbox(draining(next).over("No task is running")).plan();

    switch (next) {
      case STOP -> assertThat(((CallEc2) action).call()).isEqualTo(Call.STOP);
      case TERMINATE -> assertThat(((CallEc2) action).call()).isEqualTo(Call.TERMINATE);
      case RESTART -> assertThat(((CallEc2) action).then()).isInstanceOf(Booting.class);
      case REPLACE -> assertThat(((Move) action).to()).isInstanceOf(Replacing.class);
    }
  }

  static Stream<Arguments> ways() {
    Draining phase = draining(DrainFor.STOP);
    PlannerFixture nobody = sandbox(phase);
    nobody.contact = null;
    Draining late = Draining.begun(DrainFor.STOP, NOW.minus(CONFIG.drainDeadline())).heard(2);
    Draining silent = phase.silent(NOW.minus(CONFIG.drainSilence()));
    return Stream.of(
        Arguments.of(sandbox(phase).forced(), "Forced"),
        Arguments.of(nobody, "no agent has made contact"),
        Arguments.of(sandbox(phase).ec2(Ec2Status.STOPPING), "the instance does not run"),
        Arguments.of(sandbox(late), "The deadline of 120 s is over; tasks still running: 2"),
        Arguments.of(sandbox(silent), "The agent does not answer"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyDrainHasAWayOut(PlannerFixture sandbox, String why) {
    Move move = (Move) sandbox.plan();

    assertThat(move.reason()).contains(why);
    assertThat(((Draining) move.to()).over()).isEqualTo(move.reason());
    assertThat(move.to().since()).isEqualTo(sandbox.phase.since());
  }

  @Test
  void aShortSilenceIsWaitedFor() {
    Draining silent = draining(DrainFor.STOP).silent(NOW.minusSeconds(1));

    assertThat(sandbox(silent).plan()).isEqualTo(new Drain(silent));
    assertThat(silent.silent(NOW)).as("since the first time").isEqualTo(silent);
    assertThat(silent.heard(0).silentSince()).isNull();
  }

  @Test
  void aWishThatIsTakenBackIsToldToTheAgent() {
    Draining phase = draining(DrainFor.STOP);
    PlannerFixture back = sandbox(phase).wants(DesiredState.RUNNING);

    assertThat(back.plan()).isEqualTo(new Resume(phase));
    back.phase = phase.over("The deadline is over");
    assertThat(back.plan()).isInstanceOf(Resume.class);
    back.phase = phase.silent(NOW.minus(CONFIG.drainSilence()));
    assertThat(((Move) back.plan()).to()).isInstanceOf(Running.class);
  }

  @Test
  void aRestartThatReplacesAStopGoesOnWithTheSameDrain() {
    PlannerFixture restart = sandbox(draining(DrainFor.STOP)).wants(DesiredState.RUNNING);
    restart.restart = 2;

    assertThat(moved(restart.plan())).isEqualTo(draining(DrainFor.RESTART));
  }

  @Test
  void terminatedOutsideIsSeenWhileDraining() {
    assertThat(((Move) sandbox(draining(DrainFor.STOP)).ec2(Ec2Status.TERMINATED).plan()).to())
        .isInstanceOf(Failed.class);
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(progress(2, 0, true), 50, "2 tasks still running, 1:10 left"),
        Arguments.of(progress(1, 3, true), 50, "1 task still running, 1:10 left"),
        Arguments.of(progress(0, 1, true), 50, "1 result not handed in yet, 1:10 left"),
        Arguments.of(progress(0, 0, true), 3, "Waiting until no more tasks are sent, 2:00 left"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void theStepSaysWhatIsWaitedFor(JsonObject progress, int seconds, String detail) {
    Draining phase = Draining.begun(DrainFor.STOP, NOW.minusSeconds(seconds));

    Outcome outcome = asked(phase, new CommandOutcome.Accepted(progress));

    assertThat(outcome.detail()).isEqualTo(detail);
    assertThat(((Draining) outcome.next().phase()).over()).isNull();
    assertThat(outcome.again()).isEqualTo(CONFIG.drainPeriod());
  }

  @Test
  void drainedIsSaidOnceNothingRunsAndNothingWaits() {
    Outcome settled =
        asked(draining(DrainFor.STOP), new CommandOutcome.Accepted(progress(0, 0, true)));
    Outcome unregistered =
        asked(
            Draining.begun(DrainFor.STOP, NOW), new CommandOutcome.Accepted(progress(0, 0, false)));

    assertThat(((Draining) settled.next().phase()).over()).isEqualTo("No task is running");
    assertThat(((Draining) unregistered.next().phase()).over()).isEqualTo("No task is running");
    assertThat(settled.again()).isEqualTo(Duration.ZERO);
  }

  @Test
  void silenceAndRefusalAreRememberedWithTheirReason() {
    Outcome outcome =
        asked(
            draining(DrainFor.STOP), new CommandOutcome.Unreachable("the connection was refused"));

    assertThat(((Draining) outcome.next().phase()).silentSince()).isEqualTo(NOW);
    assertThat(outcome.detail()).contains("does not answer: the connection was refused");
    assertThat(
            ((Draining)
                    asked(draining(DrainFor.STOP), new CommandOutcome.Refused("HTTP 404"))
                        .next()
                        .phase())
                .silentSince())
        .isEqualTo(NOW);
  }

  @Test
  void anAgentThatCannotComeBackIsNotWaitedFor() {
    Draining phase = draining(DrainFor.STOP);
    Claim claim = sandbox(phase).wants(DesiredState.RUNNING).claim();
    DrainOutcomes outcomes = new DrainOutcomes(CONFIG);

    Outcome back =
        outcomes.resumed(claim, phase, new CommandOutcome.Accepted(new JsonObject()), NOW);
    Outcome refused =
        outcomes.resumed(claim, phase, new CommandOutcome.Refused("HTTP 409: spot"), NOW);
    Outcome away = outcomes.resumed(claim, phase, new CommandOutcome.Unreachable("x"), NOW);

    assertThat(back.next().phase()).isInstanceOf(Running.class);
    assertThat(refused.next().phase()).isInstanceOf(Running.class);
    assertThat(refused.detail()).contains("HTTP 409: spot");
    assertThat(((Draining) away.next().phase()).silentSince()).isEqualTo(NOW);
  }

  @Test
  void aPhaseComesBackFromItsColumnsAsItWas() {
    Draining phase = draining(DrainFor.REPLACE).heard(4).silent(NOW).over("why");

    assertThat(PhaseCodec.read("draining", RECENT, PhaseCodec.data(phase))).isEqualTo(phase);
    assertThat(PhaseCodec.read("draining", RECENT, new JsonObject().put("next", "STOP")))
        .as("as an older release wrote it")
        .isEqualTo(draining(DrainFor.STOP));
  }

  private static Outcome asked(Draining phase, CommandOutcome answer) {
    return new DrainOutcomes(CONFIG).asked(sandbox(phase).claim(), phase, answer, NOW);
  }

  private static JsonObject progress(int active, int pending, boolean registered) {
    return new JsonObject()
        .put("active", active)
        .put("pendingEvents", pending)
        .put("registered", registered);
  }
}
