package dev.valet.api.taskengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.taskengine.EngineReport.Status;
import dev.valet.api.taskengine.EngineReport.Worker;
import dev.valet.api.taskengine.Suspicion.Kind;
import dev.valet.api.taskengine.Suspicion.Stage;
import dev.valet.api.taskengine.ZombiePlanner.Plan;
import dev.valet.api.taskengine.ZombiePlanner.Round;
import dev.valet.common.health.HatchetState;
import dev.valet.common.sandbox.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ZombiePlannerTest {
  private static final Instant START = Instant.parse("2026-11-25T02:00:00Z");
  private static final UUID ODD = new UUID(0, 1);
  private static final String ACTION = "check:run";

  private final ZombiePlanner planner = new ZombiePlanner(Config.DEFAULT);
  private final List<AgentSight> agents = new ArrayList<>();
  private final List<Worker> workers = new ArrayList<>();
  private final Map<String, Instant> waiting = new HashMap<>();
  private final Map<UUID, Suspicion> known = new HashMap<>();
  private Instant now = START;
  private boolean braked;

  /** Two that work, so that one odd one is not most of the fleet. */
  @BeforeEach
  void twoWork() {
    fleet(HatchetState.CONNECTED, Status.ACTIVE, 1, 1, null);
  }

  private void fleet(
      HatchetState state, @Nullable Status status, int room, int free, @Nullable Instant lastTask) {
    agents.clear();
    workers.clear();
    for (int i = 2; i <= 3; i++) {
      agents.add(
          agent(new UUID(0, i), HatchetState.CONNECTED, "w-" + i, 1, START.plusSeconds(9000)));
      workers.add(worker("w-" + i, new UUID(0, i), Status.ACTIVE, 1));
    }
    agents.add(agent(ODD, state, "w-1", room, lastTask));
    if (status != null) {
      workers.add(worker("w-1", ODD, status, free));
    }
  }

  private static AgentSight agent(
      UUID id, HatchetState state, @Nullable String worker, int room, @Nullable Instant lastTask) {
    return new AgentSight(
        id, new UUID(9, 9), Environment.DEV, "boot", state, worker, room, lastTask);
  }

  private static Worker worker(String id, UUID sandbox, Status status, int free) {
    return new Worker(id, sandbox, status, List.of(ACTION), 2, free);
  }

  /** One round, whose steps are carried out; then ten seconds pass. */
  private Plan round() {
    Plan plan =
        planner.plan(
            new Round(
                List.copyOf(agents),
                List.copyOf(workers),
                Map.copyOf(waiting),
                Map.copyOf(known),
                braked,
                now));
    for (ZombieStep step : plan.steps()) {
      switch (step) {
        case ZombieStep.Remember(Suspicion suspicion) ->
            known.put(suspicion.sandboxId(), suspicion);
        case ZombieStep.Act act -> known.put(act.suspicion().sandboxId(), act.suspicion());
        case ZombieStep.Forget(UUID id) -> known.remove(id);
      }
    }
    now = now.plusSeconds(10);
    return plan;
  }

  private Plan rounds(int count) {
    Plan last = round();
    for (int i = 1; i < count; i++) {
      last = round();
    }
    return last;
  }

  private static Stage acted(Plan plan) {
    return plan.steps().stream()
        .filter(ZombieStep.Act.class::isInstance)
        .map(step -> ((ZombieStep.Act) step).suspicion().stage())
        .findFirst()
        .orElse(null);
  }

  @Nested
  class Odd {
    /** What the agent says, what the engine says, room at the agent, free slots at the engine. */
    @ParameterizedTest
    @CsvSource({
      "CONNECTED,  ACTIVE,   1, 1, , ",
      "CONNECTED,  PAUSED,   1, 1, , ",
      "CONNECTED,  INACTIVE, 1, 1, , NOT_KNOWN",
      "CONNECTED,  ,         1, 1, , NOT_KNOWN",
      "DEGRADED,   ACTIVE,   1, 1, , NO_STREAM",
      "CONNECTING, ACTIVE,   1, 1, , NO_STREAM",
      "DEGRADED,   INACTIVE, 1, 1, , ",
      "CONNECTING, ,         1, 1, , ",
      "CONNECTED,  ACTIVE,   1, 1, 61, NOT_ASSIGNED",
      "CONNECTED,  ACTIVE,   1, 1, 60, ",
      "CONNECTED,  ACTIVE,   0, 1, 61, ",
      "CONNECTED,  ACTIVE,   1, 0, 61, ",
      "CONNECTED,  PAUSED,   1, 1, 61, "
    })
    void isWhatAgentAndEngineSayDifferently(
        HatchetState state,
        @Nullable Status status,
        int room,
        int free,
        @Nullable Integer waitingSeconds,
        @Nullable Kind kind) {
      fleet(state, status, room, free, null);
      if (waitingSeconds != null) {
        waiting.put(ACTION, now.minusSeconds(waitingSeconds));
      }
      round();
      assertThat(known.values())
          .extracting(Suspicion::kind)
          .isEqualTo(kind == null ? List.of() : List.of(kind));
    }

    @Test
    void isNoWorkerThatWasGivenATaskLately() {
      fleet(HatchetState.CONNECTED, Status.ACTIVE, 1, 1, START.minusSeconds(20));
      waiting.put(ACTION, START.minusSeconds(600));
      round();
      assertThat(known).isEmpty();
    }

    @Test
    void isNoWorkerOfOtherActionsThanThoseThatWait() {
      waiting.put("other:run", START.minusSeconds(600));
      round();
      assertThat(known).isEmpty();
    }

    /** An agent that registers anew may be known by its worker of before. */
    @Test
    void isAnAgentWithoutWorkerWhoseOldOneLivesOn() {
      fleet(HatchetState.CONNECTING, Status.ACTIVE, 1, 1, null);
      agents.set(2, agent(ODD, HatchetState.CONNECTING, null, 1, null));
      round();
      assertThat(known).containsKey(ODD);
    }
  }

  @Nested
  class Believed {
    @BeforeEach
    void odd() {
      fleet(HatchetState.DEGRADED, Status.ACTIVE, 1, 1, null);
    }

    @Test
    void onlyAfterRoundsAndTime() {
      assertThat(acted(rounds(3))).isNull(); // 20 s
      assertThat(acted(round())).isEqualTo(Stage.STREAM_RESTARTED);
      assertThat(acted(rounds(5))).isNull();
      assertThat(acted(round())).isEqualTo(Stage.RESTART_ASKED);
      assertThat(acted(rounds(50))).isNull();
    }

    @Test
    void notAfterTimeAloneWithoutAnswersOfTheEngine() {
      rounds(2);
      now = now.plus(Duration.ofMinutes(10));
      assertThat(acted(rounds(3))).isNull();
      assertThat(acted(round())).isEqualTo(Stage.STREAM_RESTARTED);
    }

    @Test
    void notWhenItPassesMeanwhile() {
      rounds(3);
      twoWork();
      round();
      assertThat(known).isEmpty();
      odd();
      assertThat(acted(rounds(3))).isNull();
    }

    @Test
    void untilItLooksWellTwice() {
      rounds(4);
      twoWork();
      assertThat(round().steps()).noneMatch(ZombieStep.Forget.class::isInstance);
      assertThat(round().steps()).containsExactly(new ZombieStep.Forget(ODD));
    }

    @ParameterizedTest
    @EnumSource(
        value = HatchetState.class,
        names = {"CONNECTED", "DEGRADED"})
    void ofOneProcessOnly(HatchetState state) {
      rounds(4);
      agents.set(
          2,
          new AgentSight(
              ODD, new UUID(9, 9), Environment.DEV, "other boot", state, "w-1", 1, null));
      assertThat(round().steps()).contains(new ZombieStep.Forget(ODD));
      assertThat(acted(rounds(2))).isNull();
    }

    @Test
    void isForgottenOfWhoIsNotLookedAtAnyMore() {
      rounds(4);
      agents.remove(2);
      assertThat(round().steps()).containsExactly(new ZombieStep.Forget(ODD));
    }

    @Test
    void isOnlyShownWhileRepairIsBraked() {
      braked = true;
      assertThat(acted(rounds(4))).isEqualTo(Stage.FOUND);
      assertThat(acted(rounds(20))).isNull();
      braked = false;
      assertThat(acted(round())).isEqualTo(Stage.STREAM_RESTARTED);
    }
  }

  @Nested
  class Fleet {
    @Test
    void mostOfWhichLooksOddIsLeftAlone() {
      fleet(HatchetState.DEGRADED, Status.ACTIVE, 1, 1, null);
      rounds(2);
      agents.set(0, agent(new UUID(0, 2), HatchetState.DEGRADED, "w-2", 1, null));

      Plan plan = rounds(20);

      assertThat(plan.held()).startsWith("2 of 3 workers");
      assertThat(known).isEmpty();
    }

    @Test
    void ofWhichHalfLooksOddIsNot() {
      fleet(HatchetState.DEGRADED, Status.ACTIVE, 1, 1, null);
      agents.remove(0);
      assertThat(acted(rounds(4))).isEqualTo(Stage.STREAM_RESTARTED);
    }

    @Test
    void ofOneIsRepaired() {
      fleet(HatchetState.DEGRADED, Status.ACTIVE, 1, 1, null);
      agents.remove(0);
      agents.remove(0);
      assertThat(acted(rounds(4))).isEqualTo(Stage.STREAM_RESTARTED);
    }

    @Test
    void keepsWhatWasFoundBeforeMostLookedOdd() {
      fleet(HatchetState.DEGRADED, Status.ACTIVE, 1, 1, null);
      rounds(4);
      agents.set(0, agent(new UUID(0, 2), HatchetState.DEGRADED, "w-2", 1, null));
      assertThat(rounds(20).steps()).isEmpty();
      assertThat(known.get(ODD).stage()).isEqualTo(Stage.STREAM_RESTARTED);
    }

    @Test
    void isRepairedAFewAtATime() {
      agents.clear();
      workers.clear();
      for (int i = 0; i < 100; i++) {
        UUID id = new UUID(1, i);
        agents.add(
            agent(id, i < 45 ? HatchetState.DEGRADED : HatchetState.CONNECTED, "w-" + i, 1, now));
        workers.add(worker("w-" + i, id, Status.ACTIVE, 1));
      }
      rounds(3);
      assertThat(acts(round())).isEqualTo(20);
      assertThat(acts(round())).isEqualTo(20);
      assertThat(acts(round())).isEqualTo(5);
    }

    private static long acts(Plan plan) {
      return plan.steps().stream().filter(ZombieStep.Act.class::isInstance).count();
    }
  }
}
