package dev.valet.common.metrics;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sandboxes that the caller may see, over time. Where none was measured there is no point;
 * nothing is interpolated.
 *
 * @param from start of the first step
 * @param to end of the last step
 * @param step from one point to the next
 * @param groupBy by what it is divided; null for one series of all
 * @param series one per group that has points
 */
public record FleetMetrics(
    Instant from, Instant to, MetricStep step, @Nullable MetricGroup groupBy, List<Series> series) {

  /** Copies the list. */
  public FleetMetrics {
    series = List.copyOf(series);
  }

  /**
   * One group.
   *
   * @param key environment, template id or tenant id; {@code all} without groups
   * @param name for people
   * @param points in the order of time
   */
  public record Series(String key, String name, List<Point> points) {

    /** Copies the list. */
    public Series {
      points = List.copyOf(points);
    }
  }

  /**
   * One step.
   *
   * @param at its start
   * @param reporting sandboxes that answered at least once
   * @param silent sandboxes that were asked and never answered
   * @param tasks running tasks, all together, on average
   * @param cpu share of all cores, over sandboxes; null if unknown, as the others
   * @param memory used share
   * @param disk used share
   */
  public record Point(
      Instant at,
      int reporting,
      int silent,
      double tasks,
      @Nullable Distribution cpu,
      @Nullable Distribution memory,
      @Nullable Distribution disk) {}

  /**
   * Means of sandboxes within a step.
   *
   * @param avg the mean of all sandboxes
   * @param p50 half of the sandboxes lie below
   * @param p95 19 of 20 sandboxes lie below
   * @param max the most that any sandbox had at any time
   */
  public record Distribution(double avg, double p50, double p95, double max) {}
}
