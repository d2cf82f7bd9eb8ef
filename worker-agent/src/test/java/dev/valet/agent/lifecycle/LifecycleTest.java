package dev.valet.agent.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.agent.lifecycle.LifecycleState.Draining;
import dev.valet.agent.lifecycle.LifecycleState.Enrolling;
import dev.valet.agent.lifecycle.LifecycleState.Paused;
import dev.valet.agent.lifecycle.LifecycleState.Ready;
import dev.valet.agent.lifecycle.LifecycleState.Starting;
import dev.valet.agent.lifecycle.LifecycleState.Stopped;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.health.AgentHealth.Drain;
import dev.valet.common.health.AgentLifecycle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final AgentConfig CONFIG =
      new AgentConfig(new UUID(1, 2), 3, List.of("chromium"), "a2V5");

  private static final Drain ASKED = new Drain("somebody asked", null);

  @SuppressWarnings("ImmutableEnumChecker")
  private enum Step {
    BEGIN(Lifecycle::beginEnrolment),
    STILL(lifecycle -> lifecycle.stillEnrolling("the API sleeps")),
    ENROLLED(lifecycle -> lifecycle.enrolled(CONFIG)),
    PAUSE(lifecycle -> lifecycle.pause(ASKED)),
    RESUME(Lifecycle::resume),
    DRAIN(Lifecycle::drain),
    STOP(Lifecycle::stop);

    private final Predicate<Lifecycle> take;

    Step(Predicate<Lifecycle> take) {
      this.take = take;
    }
  }

  /** Everything that is legal; whatever is not here changes nothing. */
  private static final Map<Class<? extends LifecycleState>, Map<Step, Class<?>>> LEGAL =
      Map.of(
          Starting.class,
          Map.of(Step.BEGIN, Enrolling.class, Step.DRAIN, Draining.class),
          Enrolling.class,
          Map.of(
              Step.STILL, Enrolling.class, Step.ENROLLED, Ready.class, Step.DRAIN, Draining.class),
          Ready.class,
          Map.of(Step.PAUSE, Paused.class, Step.DRAIN, Draining.class),
          Paused.class,
          Map.of(Step.RESUME, Ready.class, Step.DRAIN, Draining.class),
          Draining.class,
          Map.of(Step.STOP, Stopped.class),
          Stopped.class,
          Map.of());

  @RepeatedTest(50)
  void anyWalkTakesLegalStepsOnly(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Lifecycle lifecycle = new Lifecycle();
    List<LifecycleState> told = new ArrayList<>();
    lifecycle.onChange(told::add);

    for (int i = 0; i < 12; i++) {
      Step step = Step.values()[random.nextInt(Step.values().length)];
      LifecycleState before = lifecycle.current();
      Class<?> expected = LEGAL.get(before.getClass()).get(step);
      int toldBefore = told.size();

      assertThat(step.take.test(lifecycle)).isEqualTo(expected != null);

      if (expected == null) {
        assertThat(lifecycle.current()).isSameAs(before);
        assertThat(told).hasSize(toldBefore);
      } else {
        assertThat(lifecycle.current()).isInstanceOf(expected);
        assertThat(told).hasSize(toldBefore + 1).last().isSameAs(lifecycle.current());
      }
    }
  }

  @Test
  void aPausedAgentLearnsWhatChangesAndKeepsItWhenItGoesOn() {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.beginEnrolment();
    lifecycle.enrolled(CONFIG);
    AgentConfig other = new AgentConfig(new UUID(1, 2), 9, List.of(), "a2V5");

    lifecycle.pause(ASKED);
    assertThat(lifecycle.current().name()).isEqualTo(AgentLifecycle.DRAINING);
    assertThat(lifecycle.refreshed(other)).isTrue();
    assertThat(lifecycle.pause(new Drain("sooner", null))).isTrue();
    lifecycle.resume();

    assertThat(lifecycle.current()).isEqualTo(new Ready(other));
  }

  @Test
  void configurationLastsUntilTheEnd() {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.beginEnrolment();
    assertThat(lifecycle.current().config()).isNull();

    lifecycle.enrolled(CONFIG);
    assertThat(lifecycle.current().config()).isEqualTo(CONFIG);
    lifecycle.drain();
    assertThat(lifecycle.current().config()).isEqualTo(CONFIG);
    lifecycle.stop();
    assertThat(lifecycle.current().config()).isEqualTo(CONFIG);
  }

  @Test
  void enrolmentThatSucceedsDuringShutdownDoesNotBringTheAgentBack() {
    Lifecycle lifecycle = new Lifecycle();
    lifecycle.beginEnrolment();
    lifecycle.drain();

    assertThat(lifecycle.enrolled(CONFIG)).isFalse();
    assertThat(lifecycle.current().name()).isEqualTo(AgentLifecycle.DRAINING);
  }
}
