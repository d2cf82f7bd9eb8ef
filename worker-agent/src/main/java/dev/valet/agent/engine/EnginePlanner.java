package dev.valet.agent.engine;

import dev.valet.agent.engine.EngineState.Verdict;
import dev.valet.common.health.AgentHealth.Engine;
import dev.valet.common.health.PartState;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to do about engines, browsers and what they left; pure. */
final class EnginePlanner {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** Checks that a browser may miss in a row. */
  private static final int PATIENCE = 3;

  private static final int LONGEST_DETAIL = 200;

  private EnginePlanner() {}

  /**
   * Whether to start a browser now, only to see whether it works. One that works costs nothing
   * until a task wants it.
   */
  static boolean wantsTrial(EngineState state, Sighting seen, long now) {
    if (seen.obstacle() != null) {
      return false;
    }
    return switch (state.verdict()) {
      case UNTRIED -> true;
      case WORKS -> !state.stamp().equals(seen.stamp());
      case FAILED ->
          !state.stamp().equals(seen.stamp())
              || now - state.sinceNanos() >= backOff(state.failures()).toNanos();
    };
  }

  /** How long after so many failures in a row the next trial is due. */
  static Duration backOff(int failures) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.clamp(failures - 1L, 0, 20));
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  /** Whether a browser that missed so many checks in a row is to be ended. */
  static boolean isLost(int missedChecks) {
    return missedChecks >= PATIENCE;
  }

  /**
   * Which of the folders or processes found belong to no run that is under way.
   *
   * @param found names of runs
   * @param live names of runs under way, taken before looking and again after it
   */
  static Set<String> leftOver(Set<String> found, Set<String> live) {
    Set<String> left = new HashSet<>(found);
    left.removeAll(live);
    return left;
  }

  /** How an engine is shown; an obstacle counts more than what was seen before it. */
  static Engine shown(
      String name, EngineState state, @Nullable Sighting seen, int slots, int active, long ended) {
    String obstacle = seen == null ? null : seen.obstacle();
    PartState part =
        obstacle != null
            ? PartState.FAILED
            : switch (state.verdict()) {
              case UNTRIED -> PartState.STARTING;
              case WORKS -> PartState.READY;
              case FAILED -> PartState.FAILED;
            };
    String detail =
        part == PartState.FAILED
            ? Objects.requireNonNullElse(obstacle, state.detail())
            : seen == null ? null : seen.warning();
    return new Engine(name, part, cut(detail), slots, active, state.version(), ended);
  }

  /** The declared engines that this agent has no idea of. */
  static List<String> unknown(List<String> declared, Set<String> known) {
    return declared.stream().filter(name -> !known.contains(name)).toList();
  }

  /** Whether a task may try for a browser; a verdict alone does not forbid it. */
  static @Nullable String refusal(EngineState state, @Nullable Sighting seen) {
    return seen == null || seen.obstacle() == null ? null : seen.obstacle();
  }

  static boolean works(EngineState state) {
    return state.verdict() == Verdict.WORKS;
  }

  private static @Nullable String cut(@Nullable String detail) {
    return detail == null || detail.length() <= LONGEST_DETAIL
        ? detail
        : detail.substring(0, LONGEST_DETAIL);
  }
}
