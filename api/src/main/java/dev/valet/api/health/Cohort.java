package dev.valet.api.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sandboxes that have zone, template version and agent version in common, counted.
 *
 * @param zone availability zone; null if not known
 * @param templateVersion as told with the target; null if not known
 * @param agentVersion as the agent says; null if it never answered
 * @param healthyBefore how many of them were healthy 60 s ago
 * @param failing how many of those fail their probes now
 */
record Cohort(
    @Nullable String zone,
    @Nullable String templateVersion,
    @Nullable String agentVersion,
    int healthyBefore,
    int failing) {

  static int healthyBefore(List<Cohort> cohorts) {
    return cohorts.stream().mapToInt(Cohort::healthyBefore).sum();
  }

  static int failing(List<Cohort> cohorts) {
    return cohorts.stream().mapToInt(Cohort::failing).sum();
  }
}
