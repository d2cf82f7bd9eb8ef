package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.sandbox.lifecycle.PlannerFixture.CONFIG;
import static dev.valet.api.sandbox.lifecycle.PlannerFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.sandbox.lifecycle.SandboxAction.Call;
import dev.valet.api.sandbox.lifecycle.SandboxAction.CallEc2;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Move;
import dev.valet.api.sandbox.lifecycle.SandboxAction.OpenLaunch;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Settle;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Tell;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Wait;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Boot;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Booting;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.DrainFor;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Draining;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Failed;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Launching;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Replacing;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Running;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Stopped;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Stopping;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Terminated;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Terminating;
import dev.valet.api.sandbox.lifecycle.Upgrade.Step;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.common.template.TemplateChange;
import dev.valet.common.template.TemplateEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an upgrade takes, and each step of it. */
class UpgradePlannerTest {
  private static final Instant RECENT = NOW.minusSeconds(5);
  private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));
  private static final Blueprint ONE = new Blueprint(1, "a");
  private static final Blueprint TWO = new Blueprint(2, "a");

  private static PlannerFixture sandbox(SandboxPhase phase) {
    return new PlannerFixture(phase);
  }

  private static SandboxPhase moved(SandboxAction action) {
    return ((Move) action).to();
  }

  @Nested
  class Decision {
    private static TemplateChange change(String path, TemplateEffect effect) {
      return new TemplateChange(path, 1, 2, effect, "");
    }

    private static Step step(Blueprint applied, Blueprint wanted, TemplateChange... changes) {
      return UpgradePlanner.plan(applied, wanted, List.of(changes)).step();
    }

    @Test
    void theSameBlueprintNeedsNothing() {
      assertThat(step(ONE, ONE)).isEqualTo(Step.NOTHING);
      assertThat(step(null, TWO)).isEqualTo(Step.NOTHING);
    }

    @Test
    void theWorstChangeDecides() {
      TemplateChange none = change("health.failures", TemplateEffect.NONE);
      TemplateChange inPlace = change("engines", TemplateEffect.IN_PLACE);
      TemplateChange replace = change("imageId", TemplateEffect.REPLACE);
      assertThat(step(ONE, TWO)).isEqualTo(Step.TELL);
      assertThat(step(ONE, TWO, none)).isEqualTo(Step.TELL);
      assertThat(step(ONE, TWO, none, inPlace)).isEqualTo(Step.RESTART);
      assertThat(step(ONE, TWO, replace, inPlace, none)).isEqualTo(Step.REPLACE);
    }

    @Test
    void otherValuesOfParametersNeedAnotherInstance() {
      assertThat(step(ONE, new Blueprint(1, "b"))).isEqualTo(Step.REPLACE);
    }

    @Test
    void otherParametersWithTheSameValuesDoNot() {
      assertThat(step(ONE, TWO, change("parameters.url.defaultValue", TemplateEffect.REPLACE)))
          .isEqualTo(Step.TELL);
    }
  }

  @Nested
  class Begin {
    private final PlannerFixture running = sandbox(new Running(LONG_AGO)).ec2(Ec2Status.RUNNING);

    @Test
    void whatNeedsNoInterruptionIsTold() {
      assertThat(running.needs(Step.TELL).plan()).isInstanceOf(Tell.class);
    }

    @Test
    void restartAndReplacementDrainFirst() {
      assertThat(((Draining) moved(running.needs(Step.RESTART).plan())).next())
          .isEqualTo(DrainFor.RESTART);
      assertThat(((Draining) moved(running.needs(Step.REPLACE).plan())).next())
          .isEqualTo(DrainFor.REPLACE);
    }

    @Test
    void drainedIsReplacedAndTheIntentIsStoredBeforeEc2IsAsked() {
      var drained =
          sandbox(Draining.begun(DrainFor.REPLACE, RECENT).over("No task is running"))
              .ec2(Ec2Status.RUNNING)
              .needs(Step.REPLACE);
      assertThat(moved(drained.plan())).isEqualTo(new Replacing(NOW, false));
    }

    @Test
    void aWishThatIsTakenBackWhileDrainingEndsIt() {
      var drained = sandbox(Draining.begun(DrainFor.REPLACE, RECENT)).ec2(Ec2Status.RUNNING);
      assertThat(moved(drained.plan())).isInstanceOf(Running.class);
    }

    @Test
    void stopAndTerminateWhileDrainingWin() {
      var drained =
          sandbox(Draining.begun(DrainFor.REPLACE, RECENT).over("No task is running"))
              .ec2(Ec2Status.RUNNING)
              .needs(Step.REPLACE);
      assertThat(((CallEc2) drained.wants(DesiredState.STOPPED).plan()).call())
          .isEqualTo(Call.STOP);
      assertThat(((CallEc2) drained.wants(DesiredState.TERMINATED).plan()).then())
          .isInstanceOf(Terminating.class);
    }

    @Test
    void whatBootsTheOldVersionIsReplacedAtOnce() {
      var booting =
          sandbox(new Booting(RECENT, Boot.LAUNCH, null))
              .ec2(Ec2Status.PENDING)
              .needs(Step.REPLACE);
      assertThat(moved(booting.plan())).isInstanceOf(Replacing.class);
    }

    @Test
    void anUnsentLaunchOfTheOldVersionIsAbandoned() {
      var launching = sandbox(new Launching(RECENT)).attempt(null);
      launching.blueprint = TWO;
      assertThat(launching.plan()).isInstanceOf(SandboxAction.AbandonLaunch.class);
    }

    @Test
    void aLaunchOfTheOldVersionThatWasSentIsResolvedFirst() {
      var launching = sandbox(new Launching(RECENT)).attempt(RECENT);
      launching.blueprint = TWO;
      assertThat(launching.plan()).isInstanceOf(SandboxAction.SendLaunch.class);
    }

    @Test
    void aStoppedSandboxIsLeftAloneUntilItIsStarted() {
      var stopped = sandbox(new Stopped(LONG_AGO)).ec2(Ec2Status.STOPPED).needs(Step.REPLACE);
      SandboxAction resting = stopped.wants(DesiredState.STOPPED).plan();
      assertThat(((Settle) resting).detail()).contains("takes effect at the next start");
      assertThat(moved(stopped.wants(DesiredState.RUNNING).plan())).isInstanceOf(Replacing.class);
    }

    @Test
    void aStoppedSandboxThatNeedsLessIsJustStarted() {
      for (Step step : List.of(Step.TELL, Step.RESTART)) {
        var stopped = sandbox(new Stopped(LONG_AGO)).ec2(Ec2Status.STOPPED).needs(step);
        assertThat(((CallEc2) stopped.plan()).call()).isEqualTo(Call.START);
      }
    }
  }

  @Nested
  class Replacement {
    private final Replacing unasked = new Replacing(RECENT, false);
    private final Replacing asked = new Replacing(RECENT, true);

    private PlannerFixture replacing(Replacing phase) {
      return sandbox(phase).needs(Step.REPLACE);
    }

    @Test
    void ec2IsAskedOnceAndAgainIfItDidNotHear() {
      CallEc2 first = (CallEc2) replacing(unasked).ec2(Ec2Status.RUNNING).plan();
      assertThat(first.call()).isEqualTo(Call.TERMINATE);
      assertThat(first.then()).isEqualTo(asked);
      assertThat(replacing(asked).ec2(Ec2Status.RUNNING).plan()).isInstanceOf(Wait.class);
      var unheard = new Replacing(NOW.minus(CONFIG.actionGrace()), true);
      assertThat(replacing(unheard).ec2(Ec2Status.RUNNING).plan()).isInstanceOf(CallEc2.class);
    }

    @Test
    void nothingIsLaunchedWhileTheOldInstanceMayBeThere() {
      for (Ec2Status status : Ec2Status.values()) {
        if (status != Ec2Status.TERMINATED) {
          assertThat(replacing(asked).ec2(status).plan()).isNotInstanceOf(OpenLaunch.class);
        }
      }
      assertThat(replacing(asked).absentFor(Duration.ofSeconds(30)).plan())
          .isInstanceOf(Wait.class);
    }

    @Test
    void onceItIsGoneTheNewOneIsLaunched() {
      assertThat(replacing(asked).ec2(Ec2Status.TERMINATED).plan()).isInstanceOf(OpenLaunch.class);
      assertThat(replacing(asked).absentFor(CONFIG.absenceBelieved()).plan())
          .isInstanceOf(OpenLaunch.class);
    }

    @Test
    void stopMeanwhileEndsStoppedWithoutInstance() {
      var stop = replacing(asked).wants(DesiredState.STOPPED);
      assertThat(stop.ec2(Ec2Status.SHUTTING_DOWN).plan()).isInstanceOf(Wait.class);
      assertThat(moved(stop.ec2(Ec2Status.TERMINATED).plan())).isInstanceOf(Stopped.class);
    }

    @Test
    void terminateMeanwhileEndsTheSandbox() {
      var end = replacing(asked).wants(DesiredState.TERMINATED);
      assertThat(((CallEc2) end.ec2(Ec2Status.RUNNING).plan()).then())
          .isInstanceOf(Terminating.class);
      assertThat(moved(end.ec2(Ec2Status.TERMINATED).plan())).isInstanceOf(Terminated.class);
    }

    @Test
    void pastTheDeadlineItFailsAndSaysWhy() {
      var late = new Replacing(NOW.minus(CONFIG.terminateDeadline()), true);
      Move move = (Move) replacing(late).ec2(Ec2Status.RUNNING).plan();
      assertThat(((Failed) move.to()).code()).isEqualTo("replace_timeout");
      assertThat(move.reason()).contains(PlannerFixture.INSTANCE).contains("start tries again");
    }

    @Test
    void startAfterAFailureTriesAgain() {
      var failed =
          sandbox(new Failed(LONG_AGO, "replace_timeout", 1))
              .ec2(Ec2Status.RUNNING)
              .needs(Step.REPLACE);
      assertThat(failed.plan()).isInstanceOf(Settle.class);
      failed.generation = 2;
      assertThat(moved(failed.plan())).isInstanceOf(Replacing.class);
      assertThat(failed.ec2(Ec2Status.TERMINATED).plan()).isInstanceOf(OpenLaunch.class);
    }
  }

  @Test
  void theContactOfTheReplacedInstanceIsNotTheNewOnes() {
    var booting =
        sandbox(new Booting(RECENT, Boot.LAUNCH, null))
            .ec2(Ec2Status.RUNNING)
            .contact("old-boot", LONG_AGO);
    booting.contact = new Observed.Contact("i-0000000000000dead", "old-boot", NOW, 7);
    assertThat(booting.plan()).isInstanceOf(Wait.class);
  }

  @Test
  void aStoppingSandboxThatShallRunStopsFirst() {
    var stopping = sandbox(new Stopping(RECENT)).ec2(Ec2Status.STOPPING).needs(Step.REPLACE);
    assertThat(stopping.plan()).isInstanceOf(Wait.class);
    assertThat(moved(stopping.ec2(Ec2Status.STOPPED).plan())).isInstanceOf(Stopped.class);
  }
}
