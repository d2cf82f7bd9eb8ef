package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.sandbox.lifecycle.PlannerFixture.CONFIG;
import static dev.valet.api.sandbox.lifecycle.PlannerFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.valet.api.sandbox.lifecycle.SandboxAction.Call;
import dev.valet.api.sandbox.lifecycle.SandboxAction.CallEc2;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Move;
import dev.valet.api.sandbox.lifecycle.SandboxAction.OpenLaunch;
import dev.valet.api.sandbox.lifecycle.SandboxAction.SendLaunch;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Settle;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Wait;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Boot;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Booting;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.DrainFor;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Draining;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Failed;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Launching;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Pending;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Running;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Stopped;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Stopping;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Terminated;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Terminating;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The edges of mechanisms.md, one test each. */
class SandboxPlannerTest {
  private static final Instant RECENT = NOW.minusSeconds(5);
  private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));

  private static PlannerFixture sandbox(SandboxPhase phase) {
    return new PlannerFixture(phase);
  }

  @Nested
  class BeforeTheLaunch {
    @Test
    void pendingStoresAnIntentFirst() {
      assertThat(sandbox(new Pending(NOW)).plan()).isInstanceOf(OpenLaunch.class);
    }

    @Test
    void stopWhilePendingNeedsNoInstance() {
      var plan = sandbox(new Pending(NOW)).wants(DesiredState.STOPPED).plan();
      assertThat(((Move) plan).to()).isInstanceOf(Stopped.class);
    }

    @Test
    void terminateWhilePendingEndsAtOnce() {
      var plan = sandbox(new Pending(NOW)).wants(DesiredState.TERMINATED).plan();
      assertThat(((Move) plan).to()).isInstanceOf(Terminated.class);
    }

    @Test
    void startFromStoppedWithoutInstanceLaunches() {
      assertThat(sandbox(new Stopped(NOW)).plan()).isInstanceOf(OpenLaunch.class);
    }
  }

  @Nested
  class Launch {
    @Test
    void anOpenAttemptIsSentAgainWhateverHappened() {
      assertThat(sandbox(new Launching(RECENT)).attempt(RECENT).plan())
          .isInstanceOf(SendLaunch.class);
    }

    @Test
    void terminateWithASentAttemptResolvesItFirst() {
      var plan =
          sandbox(new Launching(LONG_AGO)).attempt(LONG_AGO).wants(DesiredState.TERMINATED).plan();
      assertThat(plan).isInstanceOf(SendLaunch.class);
    }

    @Test
    void terminateWithAnUnsentAttemptAbandonsIt() {
      var plan = sandbox(new Launching(RECENT)).attempt(null).wants(DesiredState.TERMINATED).plan();
      assertThat(plan).isInstanceOf(SandboxAction.AbandonLaunch.class);
    }

    @Test
    void stopWhileLaunchingWaitsForTheInstance() {
      var plan = sandbox(new Launching(RECENT)).attempt(RECENT).wants(DesiredState.STOPPED).plan();
      assertThat(plan).isInstanceOf(SendLaunch.class);
    }

    @Test
    void aLaunchWithoutAnswerFailsAtItsDeadlineAndKeepsItsAttempt() {
      var plan = sandbox(new Launching(LONG_AGO)).attempt(LONG_AGO).plan();
      assertThat(((Failed) ((Move) plan).to()).code()).isEqualTo("launch_timeout");
    }

    @Test
    void noCapacityAnywhereFailsAtTheDeadline() {
      var plan = sandbox(new Launching(LONG_AGO)).plan();
      assertThat(((Failed) ((Move) plan).to()).code()).isEqualTo("no_capacity");
    }
  }

  @Nested
  class BootPhase {
    private final Booting launch = new Booting(RECENT, Boot.LAUNCH, null);

    @Test
    void runningNeedsEc2AndTheAgent() {
      assertThat(sandbox(launch).ec2(Ec2Status.RUNNING).plan()).isInstanceOf(Wait.class);
      assertThat(sandbox(launch).ec2(Ec2Status.PENDING).contact("b1", NOW).plan())
          .isInstanceOf(Wait.class);
      var both = sandbox(launch).ec2(Ec2Status.RUNNING).contact("b1", NOW).plan();
      assertThat(((Move) both).to()).isInstanceOf(Running.class);
    }

    @Test
    void anAgentMayEnrolBeforeTheLaunchIsRecorded() {
      var plan =
          sandbox(launch).ec2(Ec2Status.RUNNING).contact("b1", RECENT.minusSeconds(1)).plan();
      assertThat(((Move) plan).to()).isInstanceOf(Running.class);
    }

    @Test
    void aContactOfTheBootBeforeDoesNotCount() {
      var reboot = new Booting(RECENT, Boot.REBOOT, "b1");
      assertThat(sandbox(reboot).ec2(Ec2Status.RUNNING).contact("b1", NOW).plan())
          .isInstanceOf(Wait.class);
      assertThat(sandbox(reboot).ec2(Ec2Status.RUNNING).contact("b2", LONG_AGO).plan())
          .isInstanceOf(Wait.class);
    }

    @Test
    void aPendingInstanceIsNotStopped() {
      assertThat(sandbox(launch).ec2(Ec2Status.PENDING).wants(DesiredState.STOPPED).plan())
          .isInstanceOf(Wait.class);
    }

    @Test
    void noContactFailsAtTheDeadline() {
      var plan = sandbox(new Booting(LONG_AGO, Boot.LAUNCH, null)).ec2(Ec2Status.RUNNING).plan();
      assertThat(((Failed) ((Move) plan).to()).code()).isEqualTo("boot_timeout");
    }

    @Test
    void aRebootWithoutContactBecomesStopAndStart() {
      var late = new Booting(NOW.minus(CONFIG.rebootDeadline()), Boot.REBOOT, "b1");
      var plan = sandbox(late).ec2(Ec2Status.RUNNING).plan();
      assertThat(((CallEc2) plan).call()).isEqualTo(Call.STOP);
    }
  }

  @Nested
  class RunningPhase {
    private final Running running = new Running(LONG_AGO);

    @Test
    void nothingToDoSettles() {
      assertThat(sandbox(running).ec2(Ec2Status.RUNNING).plan()).isInstanceOf(Settle.class);
    }

    @Test
    void stopAndTerminateDrainFirst() {
      var stop = sandbox(running).ec2(Ec2Status.RUNNING).wants(DesiredState.STOPPED).plan();
      assertThat(((Draining) ((Move) stop).to()).next()).isEqualTo(DrainFor.STOP);
      var end = sandbox(running).ec2(Ec2Status.RUNNING).wants(DesiredState.TERMINATED).plan();
      assertThat(((Draining) ((Move) end).to()).next()).isEqualTo(DrainFor.TERMINATE);
    }

    @Test
    void terminatedOutsideFailsAndIsNotRelaunched() {
      var plan = sandbox(running).ec2(Ec2Status.TERMINATED).plan();
      assertThat(((Failed) ((Move) plan).to()).code()).isEqualTo("terminated_externally");
      var after = sandbox(((Move) plan).to()).ec2(Ec2Status.TERMINATED).plan();
      assertThat(after).isInstanceOf(Settle.class);
    }

    @Test
    void stoppedOutsideIsStartedAgain() {
      var plan = sandbox(running).ec2(Ec2Status.STOPPED).plan();
      assertThat(((Move) plan).to()).isInstanceOf(Stopping.class);
    }

    @Test
    void anAnswerWithoutTheInstanceIsNotBelievedAtOnce() {
      assertThat(sandbox(running).absentFor(Duration.ofSeconds(30)).plan())
          .isInstanceOf(Settle.class);
      var plan = sandbox(running).absentFor(CONFIG.absenceBelieved()).plan();
      assertThat(((Move) plan).to()).isInstanceOf(Failed.class);
    }

    @Test
    void unhealthyIsRestartedAfterAWhileButNotForEver() {
      var early = sandbox(running).ec2(Ec2Status.RUNNING).unhealthyFor(Duration.ofSeconds(59));
      assertThat(early.plan()).isEqualTo(new Settle(Duration.ofSeconds(1)));
      var due = sandbox(running).ec2(Ec2Status.RUNNING).unhealthyFor(Duration.ofSeconds(60));
      assertThat(due.plan()).isInstanceOf(SandboxAction.Repair.class);
      due.repairs.addAll(java.util.Collections.nCopies(3, RECENT));
      assertThat(due.plan()).isInstanceOf(Settle.class);
      assertThat(Conditions.of(due.desired(), due.observed(), CONFIG, NOW))
          .extracting("type")
          .containsExactly("repair_exhausted");
    }

    @Test
    void findingIsShownAndRepairedOnlyWhenARestartIsLeftButNotForEver() {
      var found = sandbox(running).ec2(Ec2Status.RUNNING).found("It takes no tasks", false);
      assertThat(found.plan()).isInstanceOf(Settle.class);
      assertThat(Conditions.of(found.desired(), found.observed(), CONFIG, NOW))
          .extracting("type", "message")
          .containsExactly(tuple("takes_no_tasks", "It takes no tasks"));

      var due = sandbox(running).ec2(Ec2Status.RUNNING).found("It takes no tasks", true);
      assertThat(((SandboxAction.Repair) due.plan()).reason())
          .isEqualTo("It takes no tasks: restarted automatically");
      due.braked = true;
      assertThat(due.plan()).isInstanceOf(Settle.class);
      due.braked = false;
      due.repairs.addAll(java.util.Collections.nCopies(3, RECENT));
      assertThat(due.plan()).isInstanceOf(Settle.class);
      assertThat(Conditions.of(due.desired(), due.observed(), CONFIG, NOW))
          .extracting("type")
          .containsExactly("takes_no_tasks", "repair_exhausted");
    }

    @Test
    void repairWaitsWhileTheFleetIsBraked() {
      var sandbox = sandbox(running).ec2(Ec2Status.RUNNING).unhealthyFor(Duration.ofHours(1));
      sandbox.braked = true;
      assertThat(sandbox.plan()).isInstanceOf(Settle.class);
    }

    @Test
    void aRestartIsDoneOnce() {
      var sandbox = sandbox(running).ec2(Ec2Status.RUNNING);
      sandbox.restart = 2;
      assertThat(((Draining) ((Move) sandbox.plan()).to()).next()).isEqualTo(DrainFor.RESTART);
      sandbox.observedRestart = 2;
      assertThat(sandbox.plan()).isInstanceOf(Settle.class);
    }
  }

  @Nested
  class OnTheWayDown {
    @Test
    void startWhileStoppingWaitsThenStarts() {
      var stopping = sandbox(new Stopping(RECENT)).ec2(Ec2Status.STOPPING);
      assertThat(stopping.plan()).isInstanceOf(Wait.class);
      var stopped = sandbox(new Stopped(RECENT)).ec2(Ec2Status.STOPPED).plan();
      assertThat(((CallEc2) stopped).call()).isEqualTo(Call.START);
    }

    @Test
    void aStopThatTakesLongIsForcedThenFails() {
      var late = new Stopping(NOW.minus(CONFIG.stopDeadline()));
      var forced = sandbox(late).ec2(Ec2Status.STOPPING).wants(DesiredState.STOPPED).plan();
      assertThat(((CallEc2) forced).call()).isEqualTo(Call.FORCE_STOP);
      var over = new Stopping(NOW.minus(CONFIG.stopDeadline().multipliedBy(2)));
      var failed = sandbox(over).ec2(Ec2Status.STOPPING).wants(DesiredState.STOPPED).plan();
      assertThat(((Move) failed).to()).isInstanceOf(Failed.class);
    }

    @Test
    void startedOutsideIsStoppedAgain() {
      var plan = sandbox(new Stopped(LONG_AGO)).ec2(Ec2Status.RUNNING).wants(DesiredState.STOPPED);
      assertThat(((CallEc2) plan.plan()).call()).isEqualTo(Call.STOP);
    }

    @Test
    void terminatedOnlyWhenEc2SaysSo() {
      var asked = sandbox(new Terminating(RECENT)).wants(DesiredState.TERMINATED);
      assertThat(asked.ec2(Ec2Status.SHUTTING_DOWN).plan()).isInstanceOf(Wait.class);
      assertThat(asked.ec2(Ec2Status.RUNNING).plan()).isInstanceOf(Wait.class);
      assertThat(((Move) asked.ec2(Ec2Status.TERMINATED).plan()).to())
          .isInstanceOf(Terminated.class);
    }

    @Test
    void anUnheardTerminationIsRepeated() {
      var plan =
          sandbox(new Terminating(LONG_AGO))
              .wants(DesiredState.TERMINATED)
              .ec2(Ec2Status.RUNNING)
              .plan();
      assertThat(((CallEc2) plan).call()).isEqualTo(Call.TERMINATE);
    }
  }

  @Nested
  class FailedPhase {
    private final Failed failed = new Failed(LONG_AGO, "boot_timeout", 1);

    @Test
    void staysUntilAPersonWantsSomethingNew() {
      assertThat(sandbox(failed).ec2(Ec2Status.RUNNING).plan()).isInstanceOf(Settle.class);
    }

    @Test
    void startIsTheRetry() {
      var retry = sandbox(failed).ec2(Ec2Status.STOPPED);
      retry.generation = 2;
      assertThat(((CallEc2) retry.plan()).call()).isEqualTo(Call.START);
      var relaunch = sandbox(failed).ec2(Ec2Status.TERMINATED);
      relaunch.generation = 2;
      assertThat(relaunch.plan()).isInstanceOf(OpenLaunch.class);
    }

    @Test
    void terminateResolvesAnOpenAttemptFirst() {
      var plan = sandbox(failed).attempt(LONG_AGO).wants(DesiredState.TERMINATED).plan();
      assertThat(plan).isInstanceOf(SendLaunch.class);
    }

    @Test
    void terminateEndsTheInstance() {
      var plan = sandbox(failed).ec2(Ec2Status.RUNNING).wants(DesiredState.TERMINATED).plan();
      assertThat(((CallEc2) plan).call()).isEqualTo(Call.TERMINATE);
    }
  }
}
