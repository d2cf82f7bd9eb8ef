package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.sandbox.lifecycle.PlannerFixture.CONFIG;
import static dev.valet.api.sandbox.lifecycle.PlannerFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.ComputeException;
import dev.valet.api.compute.TagChange;
import dev.valet.api.sandbox.lifecycle.SandboxAction.SetTags;
import dev.valet.api.sandbox.lifecycle.SandboxAction.Settle;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Failed;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Running;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Stopped;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tags of an instance follow those of its sandbox. */
class TagPlanningTest {
  private static final InstanceTags KNOWN =
      new InstanceTags(Map.of("Name", "a", "team", "x", "old", "1"), null);
  private static final Map<String, String> WANTED = Map.of("Name", "b", "team", "x", "new", "");

  private static PlannerFixture changed(SandboxPhase phase, Ec2Status ec2) {
    return new PlannerFixture(phase).ec2(ec2).tags(WANTED, KNOWN);
  }

  @Test
  void onlyWhatDiffersIsSetAndTakenOff() {
    SetTags plan = (SetTags) changed(new Running(NOW), Ec2Status.RUNNING).plan();
    assertThat(plan.change())
        .isEqualTo(new TagChange(Map.of("Name", "b", "new", ""), Set.of("old")));
    assertThat(plan.resourceIds())
        .containsExactly(PlannerFixture.INSTANCE, "vol-0123456789abcdef0");
  }

  @Test
  void tagsOfValetsOwnAreNeverTakenOff() {
    TagChange change =
        TagChange.between(Map.of("valet:launch", "a", "VALET:x", "b", "y", "c"), Map.of());
    assertThat(change.remove()).containsExactly("y");
  }

  @Test
  void stoppedAndFailedInstancesAreTaggedToo() {
    assertThat(changed(new Stopped(NOW), Ec2Status.STOPPED).wants(DesiredState.STOPPED).plan())
        .isInstanceOf(SetTags.class);
    assertThat(changed(new Failed(NOW, "boot_timeout", 1), Ec2Status.RUNNING).plan())
        .isInstanceOf(SetTags.class);
  }

  @Test
  void whatIsGoneOrUnseenIsNotTagged() {
    PlannerFixture gone = changed(new Failed(NOW, "x", 1), Ec2Status.TERMINATED);
    assertThat(gone.plan()).isInstanceOf(Settle.class);
    PlannerFixture unseen = new PlannerFixture(new Running(NOW)).tags(WANTED, KNOWN);
    assertThat(unseen.absentFor(Duration.ZERO).plan()).isInstanceOf(Settle.class);
  }

  @Test
  void adoptedInstanceGetsValetsOwnTagsALaunchedOneHasThem() {
    PlannerFixture fixture = new PlannerFixture(new Running(NOW)).ec2(Ec2Status.RUNNING);
    assertThat(fixture.plan()).isInstanceOf(Settle.class);
    fixture.adopted = true;
    assertThat(((SetTags) fixture.plan()).change().set()).containsOnlyKeys("valet:sandbox");
  }

  @Test
  void lifecycleGoesFirst() {
    PlannerFixture stopping = changed(new Running(NOW), Ec2Status.RUNNING);
    assertThat(stopping.wants(DesiredState.STOPPED).plan()).isInstanceOf(SandboxAction.Move.class);
  }

  @Test
  void refusalThatAPersonMustCureIsAConditionAndAuditedOnce() {
    PlannerFixture fixture = changed(new Running(NOW), Ec2Status.RUNNING);
    Outcome first = refused(fixture, ComputeError.UNAUTHORIZED);
    assertThat(first.next().conditions())
        .singleElement()
        .satisfies(condition -> {
          assertThat(condition.type()).isEqualTo("tags_not_applied");
          assertThat(condition.message()).contains("Code", "ec2:CreateTags");
        });
    assertThat(first.next().tags().applied()).isEqualTo(KNOWN.applied());
    assertThat(first.again()).isEqualTo(CONFIG.settledPeriod());
    assertThat(first.error()).isNotNull();

    fixture.tags(WANTED, first.next().tags());
    assertThat(refused(fixture, ComputeError.UNAUTHORIZED).error()).isNull();
  }

  @Test
  void passingTroubleIsRetriedWithGrowingPauses() {
    PlannerFixture fixture = changed(new Running(NOW), Ec2Status.RUNNING);
    assertThat(refused(fixture, ComputeError.THROTTLED).again())
        .isEqualTo(Outcomes.backOff(0, 0.5));
    assertThat(refused(fixture.retried(4), ComputeError.UNKNOWN).again())
        .isEqualTo(Outcomes.backOff(4, 0.5));
  }

  @Test
  void refusedTagsDoNotHoldUpARepair() {
    PlannerFixture fixture =
        changed(new Running(NOW), Ec2Status.RUNNING).unhealthyFor(Duration.ofSeconds(50));
    assertThat(refused(fixture, ComputeError.INVALID).again()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void wishThatIsTakenBackNeedsNothingAndEndsTheCondition() {
    PlannerFixture fixture = changed(new Running(NOW), Ec2Status.RUNNING);
    InstanceTags failed = refused(fixture, ComputeError.INVALID).next().tags();
    fixture.tags(KNOWN.applied(), failed);
    assertThat(fixture.plan()).isInstanceOf(Settle.class);
    Outcome settled =
        new Outcomes(CONFIG).settled(fixture.claim(), new SandboxAction.Settle(Duration.ZERO), NOW);
    assertThat(settled.next().conditions()).isEmpty();
  }

  private static Outcome refused(PlannerFixture fixture, ComputeError error) {
    ComputeException refusal = new ComputeException(error, "Code", "message", null);
    return new TagOutcomes(CONFIG)
        .refused(fixture.claim(), (SetTags) fixture.plan(), refusal, 0.5, NOW);
  }
}
