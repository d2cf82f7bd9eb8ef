package dev.valet.agent.sysmetrics;

import dev.valet.common.health.AgentHealth.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one look at the machine found. A part that could not be read is null; that is never an
 * error.
 *
 * @param takenAt when
 * @param cpu share of all cores since the sample before, 0 to 1; null in the first sample
 * @param memory of the machine
 * @param disk of the file system that holds the agent's state
 * @param processResidentBytes resident memory of this process; 0 if unknown
 * @param processThreads threads of this process; 0 if unknown
 */
public record SystemSample(
    Instant takenAt,
    @Nullable Double cpu,
    @Nullable Usage memory,
    @Nullable Usage disk,
    long processResidentBytes,
    long processThreads) {

  /** Before anything was read. */
  public static SystemSample none(Instant at) {
    return new SystemSample(at, null, null, null, 0, 0);
  }
}
