package dev.valet.common.metrics;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox over time. Where nothing was measured there is no point; nothing is interpolated.
 *
 * @param sandboxId the sandbox
 * @param from start of the first step
 * @param to end of the last step
 * @param step from one point to the next
 * @param points in the order of time
 */
public record SandboxMetrics(
    UUID sandboxId, Instant from, Instant to, MetricStep step, List<Point> points) {

  /** Copies the list. */
  public SandboxMetrics {
    points = List.copyOf(points);
  }

  /**
   * One step.
   *
   * @param at its start
   * @param probes how often the agent was asked
   * @param failures how often it did not answer well
   * @param cpu share of all cores, 0 to 1; null if unknown, as the others
   * @param memory used share
   * @param disk used share
   * @param tasks running tasks
   */
  public record Point(
      Instant at,
      int probes,
      int failures,
      @Nullable Spread cpu,
      @Nullable Spread memory,
      @Nullable Spread disk,
      @Nullable Spread tasks) {}

  /**
   * Values within a step.
   *
   * @param min the least
   * @param avg the mean of all probes that were answered
   * @param max the most
   */
  public record Spread(double min, double avg, double max) {}
}
