package dev.valet.api.agent;

import dev.valet.common.health.AgentHealth;
import dev.valet.common.health.AgentStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent's health answer, read with suspicion: texts are short and printable, numbers in range,
 * and whatever the agent left out or got wrong is null.
 *
 * @param status healthy or degraded
 * @param version version of the agent
 * @param bootId random per agent process
 * @param uptimeSeconds since the agent process started
 * @param cpu share of all cores, 0 to 1
 * @param memory of the machine
 * @param disk of the agent's file system
 * @param tasks running tasks and room for more
 * @param hatchet connection to the task engine, which is among the parts, too
 * @param parts engines by name, {@value #HATCHET} and {@value #DESKTOP}; at most 32
 */
public record AgentReport(
    AgentStatus status,
    @Nullable String version,
    @Nullable String bootId,
    @Nullable Long uptimeSeconds,
    @Nullable Double cpu,
    @Nullable Usage memory,
    @Nullable Usage disk,
    @Nullable Tasks tasks,
    AgentHealth.@Nullable Hatchet hatchet,
    List<Part> parts) {

  /** Name of the part that is the connection to the task engine. */
  public static final String HATCHET = "hatchet";

  /** Name of the part that is the desktop. */
  public static final String DESKTOP = "desktop";

  /** Bytes used of a total; the total is over zero. */
  public record Usage(long usedBytes, long totalBytes) {
    /** Used share, 0 to 1. */
    public double share() {
      return (double) usedBytes / totalBytes;
    }
  }

  /** Running tasks, and how many may run at once. */
  public record Tasks(int active, int capacity) {}

  /**
   * One part.
   *
   * @param name engine name of the template, or one of the constants above
   * @param state a word of PartState or, for hatchet, HatchetState
   * @param works whether the part does its work; null if it was not configured
   * @param detail what is wrong
   */
  public record Part(String name, String state, @Nullable Boolean works, @Nullable String detail) {}
}
