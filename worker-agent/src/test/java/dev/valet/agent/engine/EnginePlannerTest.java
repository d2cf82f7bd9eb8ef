package dev.valet.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.common.health.AgentHealth.Engine;
import dev.valet.common.health.PartState;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EnginePlannerTest {
  private static final long T0 = 1_000_000_000L;
  private static final Sighting V1 = Sighting.clear("v1", null);
  private static final Sighting V2 = Sighting.clear("v2", null);
  private static final Sighting GONE = Sighting.blocked("not installed");
  private static final EngineState UNTRIED = EngineState.untried(T0);
  private static final EngineState WORKS = UNTRIED.worked("v1", "Browser/1", T0);
  private static final EngineState FAILED = WORKS.failed("v1", "it broke", T0);

  static Stream<Arguments> trials() {
    return Stream.of(
        Arguments.of(UNTRIED, V1, 0, true),
        Arguments.of(UNTRIED, GONE, 0, false),
        Arguments.of(WORKS, V1, 1_000_000, false),
        Arguments.of(WORKS, V2, 0, true),
        Arguments.of(WORKS, GONE, 0, false),
        Arguments.of(FAILED, V1, 1, false),
        Arguments.of(FAILED, V1, 2, true),
        Arguments.of(FAILED, V2, 0, true),
        Arguments.of(FAILED.failed("v1", "again", T0), V1, 3, false),
        Arguments.of(FAILED.failed("v1", "again", T0), V1, 4, true));
  }

  @ParameterizedTest
  @MethodSource("trials")
  void anEngineIsTriedWhenNothingOrSomethingBadIsKnown(
      EngineState state, Sighting seen, long seconds, boolean wanted) {
    long now = T0 + Duration.ofSeconds(seconds).toNanos();

    assertThat(EnginePlanner.wantsTrial(state, seen, now)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({"1,2", "2,4", "3,8", "7,128", "8,256", "9,300", "10,300", "1000,300"})
  void theWaitDoublesUpToFiveMinutes(int failures, long seconds) {
    assertThat(EnginePlanner.backOff(failures)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void aSuccessEndsTheRowOfFailures() {
    EngineState again = FAILED.failed("v1", "x", T0).worked("v1", null, T0);

    assertThat(again.failures()).isZero();
    assertThat(again.version()).isEqualTo("Browser/1");
    assertThat(again.detail()).isNull();
  }

  static Stream<Arguments> showings() {
    Sighting warned = Sighting.clear("v1", "without its sandbox");
    return Stream.of(
        Arguments.of(UNTRIED, null, PartState.STARTING, null),
        Arguments.of(WORKS, V1, PartState.READY, null),
        Arguments.of(WORKS, warned, PartState.READY, "without its sandbox"),
        Arguments.of(FAILED, warned, PartState.FAILED, "it broke"),
        Arguments.of(WORKS, GONE, PartState.FAILED, "not installed"),
        Arguments.of(UNTRIED, GONE, PartState.FAILED, "not installed"));
  }

  @ParameterizedTest
  @MethodSource("showings")
  void whatIsWrongIsShown(EngineState state, Sighting seen, PartState part, String detail) {
    Engine shown = EnginePlanner.shown("e", state, seen, 3, 1, 7);

    assertThat(shown).isEqualTo(new Engine("e", part, detail, 3, 1, state.version(), 7L));
  }

  @Test
  void longDetailsAreCut() {
    Engine shown = EnginePlanner.shown("e", UNTRIED, Sighting.blocked("x".repeat(500)), 1, 0, 0);

    assertThat(shown.detail()).hasSize(200);
  }

  @Test
  void oneMissedCheckIsNotTheEnd() {
    assertThat(EnginePlanner.isLost(2)).isFalse();
    assertThat(EnginePlanner.isLost(3)).isTrue();
  }

  @Test
  void whatBelongsToNoRunUnderWayIsLeftOver() {
    assertThat(EnginePlanner.leftOver(Set.of("a", "b"), Set.of("b", "c"))).containsExactly("a");
  }
}
