package dev.valet.api.sandbox.metrics;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.metrics.MetricStep;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which points a chart has: whole steps in UTC, not too many, and none that can no longer be made
 * of what is kept.
 *
 * @param from start of the first step
 * @param to end of the last step
 * @param step from one point to the next
 */
record MetricRange(Instant from, Instant to, MetricStep step) {
  static final int MOST_POINTS = 1_500;

  /** What a chart has if the client does not choose a step: at most so many points. */
  private static final int USUAL_POINTS = 500;

  private static final Duration USUAL = Duration.ofHours(24);

  /** Whether it is made of hours; else of minutes. */
  boolean ofHours() {
    return isOfHours(step);
  }

  /**
   * The range that a client asks for.
   *
   * @param from null for a day before {@code to}
   * @param to null for now
   * @param step null for the finest that gives a chart of usual size
   * @param oldestMinute before which steps under an hour cannot be made
   * @throws ProblemException 400 if it is empty, or no such step is possible; with those that are
   */
  static MetricRange of(
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable MetricStep step,
      Instant now,
      Instant oldestMinute) {
    Instant end = to == null ? now : to;
    Instant start = from == null ? end.minus(USUAL) : from;
    if (!start.isBefore(end)) {
      throw ProblemException.field("from", "must be before to, which is " + end);
    }
    List<MetricStep> possible = possible(start, end, oldestMinute);
    if (possible.isEmpty()) {
      throw ProblemException.field(
          "from", "must be at most %d days before to".formatted(MOST_POINTS));
    }
    MetricStep chosen = step == null ? usual(possible, start, end) : step;
    if (!possible.contains(chosen)) {
      throw impossible(chosen, start, end, possible);
    }
    return new MetricRange(floor(start, chosen), ceiling(end, chosen), chosen);
  }

  private static List<MetricStep> possible(Instant start, Instant end, Instant oldestMinute) {
    return Arrays.stream(MetricStep.values())
        .filter(step -> points(start, end, step) <= MOST_POINTS)
        .filter(step -> isOfHours(step) || !start.isBefore(oldestMinute))
        .toList();
  }

  private static ProblemException impossible(
      MetricStep step, Instant start, Instant end, List<MetricStep> possible) {
    long points = points(start, end, step);
    List<String> allowed = possible.stream().map(MetricStep::wire).toList();
    String why =
        points > MOST_POINTS
            ? "would give %d points, and %d are allowed".formatted(points, MOST_POINTS)
            : "needs minutes, which are no longer kept for this time";
    return ProblemException.field(
        "step", why + ": use one of " + String.join(", ", allowed), allowed);
  }

  private static MetricStep usual(List<MetricStep> possible, Instant start, Instant end) {
    return possible.stream()
        .filter(step -> points(start, end, step) <= USUAL_POINTS)
        .findFirst()
        .orElse(possible.getLast());
  }

  private static boolean isOfHours(MetricStep step) {
    return step.length().compareTo(Duration.ofHours(1)) >= 0;
  }

  private static long points(Instant start, Instant end, MetricStep step) {
    return Duration.between(floor(start, step), ceiling(end, step)).dividedBy(step.length());
  }

  private static Instant floor(Instant at, MetricStep step) {
    long seconds = step.length().toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  private static Instant ceiling(Instant at, MetricStep step) {
    Instant floor = floor(at, step);
    return floor.equals(at) ? floor : floor.plus(step.length());
  }
}
