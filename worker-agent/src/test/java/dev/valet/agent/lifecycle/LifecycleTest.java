package dev.valet.agent.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.common.agent.AgentConfig;
import dev.valet.common.health.AgentLifecycle;
import java.util.ArrayList;
import java.util.EnumMap;
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

  @SuppressWarnings("ImmutableEnumChecker")
  private enum Step {
    BEGIN(Lifecycle::beginEnrolment),
    STILL(lifecycle -> lifecycle.stillEnrolling("the API sleeps")),
    ENROLLED(lifecycle -> lifecycle.enrolled(CONFIG)),
    DRAIN(Lifecycle::drain),
    STOP(Lifecycle::stop);

    private final Predicate<Lifecycle> take;

    Step(Predicate<Lifecycle> take) {
      this.take = take;
    }
  }

  /** Everything that is legal; whatever is not here changes nothing. */
  private static final Map<AgentLifecycle, Map<Step, AgentLifecycle>> LEGAL =
      new EnumMap<>(
          Map.of(
              AgentLifecycle.STARTING,
              Map.of(Step.BEGIN, AgentLifecycle.ENROLLING, Step.DRAIN, AgentLifecycle.DRAINING),
              AgentLifecycle.ENROLLING,
              Map.of(
                  Step.STILL,
                  AgentLifecycle.ENROLLING,
                  Step.ENROLLED,
                  AgentLifecycle.READY,
                  Step.DRAIN,
                  AgentLifecycle.DRAINING),
              AgentLifecycle.READY,
              Map.of(Step.DRAIN, AgentLifecycle.DRAINING),
              AgentLifecycle.DRAINING,
              Map.of(Step.STOP, AgentLifecycle.STOPPED),
              AgentLifecycle.STOPPED,
              Map.of()));

  @RepeatedTest(50)
  void anyWalkTakesLegalStepsOnly(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Lifecycle lifecycle = new Lifecycle();
    List<AgentLifecycle> told = new ArrayList<>();
    lifecycle.onChange(state -> told.add(state.name()));

    for (int i = 0; i < 12; i++) {
      Step step = Step.values()[random.nextInt(Step.values().length)];
      LifecycleState before = lifecycle.current();
      AgentLifecycle expected = LEGAL.get(before.name()).get(step);
      int toldBefore = told.size();

      assertThat(step.take.test(lifecycle)).isEqualTo(expected != null);

      if (expected == null) {
        assertThat(lifecycle.current()).isSameAs(before);
        assertThat(told).hasSize(toldBefore);
      } else {
        assertThat(lifecycle.current().name()).isEqualTo(expected);
        assertThat(told).hasSize(toldBefore + 1).last().isEqualTo(expected);
      }
    }
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
