package dev.valet.api.sandbox.lifecycle;

import static dev.valet.api.sandbox.lifecycle.PlannerFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.sandbox.lifecycle.SandboxAction.CallEc2;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Boot;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.DrainFor;
import dev.valet.api.sandbox.lifecycle.Upgrade.Step;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Ec2Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From wherever a sandbox is, it comes to where it is wanted; with at most one live instance. */
class EndsTest {
  private static final int MOST_STEPS = 60;

  /** A small world in which EC2 does what it is asked. */
  private static final class World {
    private SandboxPhase phase;
    private final DesiredState desired;
    private Step step;
    private @Nullable Ec2Status instance;
    private Instant now = NOW;

    World(SandboxPhase phase, DesiredState desired, Step step, @Nullable Ec2Status instance) {
      this.phase = phase;
      this.desired = desired;
      this.step = step;
      this.instance = instance;
    }

    private boolean settled() {
      return switch (desired) {
        case RUNNING ->
            phase instanceof SandboxPhase.Running
                && step == Step.NOTHING
                && instance == Ec2Status.RUNNING;
        case STOPPED -> phase instanceof SandboxPhase.Stopped;
        case TERMINATED ->
            phase instanceof SandboxPhase.Terminated
                && (instance == null || instance == Ec2Status.TERMINATED);
      };
    }

    private PlannerFixture seen() {
      PlannerFixture fixture = new PlannerFixture(phase).wants(desired);
      fixture.generation = 2;
      if (instance != null) {
        fixture.ec2(instance).needs(step);
        fixture.contact("boot-" + now, now);
      }
      return fixture;
    }

    private void act(SandboxAction action) {
      switch (action) {
        case SandboxAction.Move move -> move(move.to());
        case SandboxAction.Repair repair -> phase = repair.to();
        case SandboxAction.Tell tell -> step = Step.NOTHING;
        case SandboxAction.OpenLaunch open -> launch();
        case CallEc2 call -> call(call);
        case SandboxAction.Settle settle -> {}
        case SandboxAction.Wait wait -> {}
        case SandboxAction.Drain drain -> phase = drain.phase().heard(3); // busy for ever
        case SandboxAction.Resume resume -> phase = resume.phase().silent(now);
        case SandboxAction.SendLaunch send -> throw new AssertionError("no attempt is open");
        case SandboxAction.AbandonLaunch abandon -> throw new AssertionError("no attempt is open");
        case SandboxAction.FindLaunch find -> throw new AssertionError("no attempt is open");
        case SandboxAction.SetTags set -> throw new AssertionError("the tags are as wanted");
      }
    }

    private void move(SandboxPhase to) {
      if (to instanceof SandboxPhase.Stopped && phase instanceof SandboxPhase.Replacing) {
        instance = null;
        step = Step.NOTHING;
      }
      phase = to;
    }

    private void launch() {
      assertThat(instance)
          .as("a second instance beside a live one")
          .isIn(null, Ec2Status.TERMINATED);
      instance = Ec2Status.PENDING;
      step = Step.NOTHING;
      phase = new SandboxPhase.Booting(now, Boot.LAUNCH, null);
    }

    private void call(CallEc2 call) {
      assertThat(instance).as("%s of nothing", call).isNotNull();
      instance =
          switch (call.call()) {
            case START -> Ec2Status.PENDING;
            case STOP, FORCE_STOP -> Ec2Status.STOPPING;
            case REBOOT -> instance;
            case TERMINATE -> Ec2Status.SHUTTING_DOWN;
          };
      if (call.then() instanceof SandboxPhase.Booting && step != Step.REPLACE) {
        step = Step.NOTHING;
      }
      phase = call.then();
    }

    /** EC2 gets on with it. */
    private void pass() {
      now = now.plusSeconds(31);
      if (instance != null) {
        instance =
            switch (instance) {
              case PENDING -> Ec2Status.RUNNING;
              case STOPPING -> Ec2Status.STOPPED;
              case SHUTTING_DOWN -> Ec2Status.TERMINATED;
              case RUNNING, STOPPED, TERMINATED -> instance;
            };
      }
    }
  }

  static Stream<World> everywhere() {
    List<World> worlds = new ArrayList<>();
    Instant then = NOW.minus(Duration.ofSeconds(1));
    for (DesiredState desired : DesiredState.values()) {
      for (Step step : Step.values()) {
        for (SandboxPhase phase : withInstance(then)) {
          for (Ec2Status instance : possible(phase)) {
            worlds.add(new World(phase, desired, step, instance));
          }
        }
      }
      worlds.add(new World(new SandboxPhase.Pending(then), desired, Step.NOTHING, null));
      worlds.add(new World(new SandboxPhase.Stopped(then), desired, Step.NOTHING, null));
      worlds.add(new World(new SandboxPhase.Launching(then), desired, Step.NOTHING, null));
      worlds.add(new World(new SandboxPhase.Failed(then, "x", 1), desired, Step.NOTHING, null));
    }
    return worlds.stream();
  }

  private static List<SandboxPhase> withInstance(Instant then) {
    return List.of(
        new SandboxPhase.Booting(then, Boot.LAUNCH, null),
        new SandboxPhase.Booting(then, Boot.START, "old"),
        new SandboxPhase.Booting(then, Boot.REBOOT, "old"),
        new SandboxPhase.Running(then),
        SandboxPhase.Draining.begun(DrainFor.STOP, then),
        SandboxPhase.Draining.begun(DrainFor.RESTART, then),
        SandboxPhase.Draining.begun(DrainFor.REPLACE, then),
        SandboxPhase.Draining.begun(DrainFor.TERMINATE, then),
        new SandboxPhase.Stopping(then),
        new SandboxPhase.Stopped(then),
        new SandboxPhase.Replacing(then, false),
        new SandboxPhase.Replacing(then, true),
        new SandboxPhase.Failed(then, "x", 1));
  }

  /** What EC2 may say in that phase, short of somebody else's doing. */
  private static List<Ec2Status> possible(SandboxPhase phase) {
    return switch (phase) {
      case SandboxPhase.Booting b -> List.of(Ec2Status.PENDING, Ec2Status.RUNNING);
      case SandboxPhase.Stopping s ->
          List.of(Ec2Status.RUNNING, Ec2Status.STOPPING, Ec2Status.STOPPED);
      case SandboxPhase.Stopped s -> List.of(Ec2Status.STOPPED);
      case SandboxPhase.Replacing r -> List.of(Ec2Status.values());
      case SandboxPhase.Failed f ->
          List.of(Ec2Status.RUNNING, Ec2Status.STOPPED, Ec2Status.TERMINATED);
      default -> List.of(Ec2Status.RUNNING);
    };
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void everySandboxComesToWhereItIsWanted(World world) {
    List<String> path = new ArrayList<>();
    for (int i = 0; i < MOST_STEPS && !world.settled(); i++) {
      PlannerFixture seen = world.seen();
      SandboxAction action =
          new SandboxPlanner(PlannerFixture.CONFIG)
              .plan(seen.desired(), seen.observed(), world.now);
      path.add(world.phase + " " + world.instance + " -> " + action);
      world.act(action);
      world.pass();
    }
    assertThat(world.settled()).as("%s", String.join("\n", path)).isTrue();
  }
}
