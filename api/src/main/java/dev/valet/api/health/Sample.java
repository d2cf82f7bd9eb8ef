package dev.valet.api.health;

import dev.valet.api.agent.AgentReport;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One minute of one sandbox, being gathered. Not thread-safe. */
final class Sample {
  private final UUID sandboxId;
  private final Instant minute;
  private final Spread cpu = new Spread();
  private final Spread memory = new Spread();
  private final Spread disk = new Spread();
  private final Spread tasks = new Spread();
  private int probes;
  private int failures;

  Sample(UUID sandboxId, Instant minute) {
    this.sandboxId = sandboxId;
    this.minute = minute;
  }

  /** Least, mean and most of the values seen; all null if none was. */
  static final class Spread {
    private int count;
    private double sum;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    void add(@Nullable Double value) {
      if (value != null) {
        count++;
        sum += value;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }

    @Nullable Float least() {
      return count == 0 ? null : (Float) (float) least;
    }

    @Nullable Float mean() {
      return count == 0 ? null : (Float) (float) (sum / count);
    }

    @Nullable Float most() {
      return count == 0 ? null : (Float) (float) most;
    }
  }

  /** One probe more; a null report is a failed one. */
  void add(@Nullable AgentReport report) {
    probes++;
    if (report == null) {
      failures++;
      return;
    }
    cpu.add(report.cpu());
    memory.add(report.memory() == null ? null : (Double) report.memory().share());
    disk.add(report.disk() == null ? null : (Double) report.disk().share());
    tasks.add(report.tasks() == null ? null : (Double) (double) report.tasks().active());
  }

  UUID sandboxId() {
    return sandboxId;
  }

  /** Start of the minute. */
  Instant minute() {
    return minute;
  }

  /** Share of all cores, 0 to 1. */
  Spread cpu() {
    return cpu;
  }

  /** Used share, 0 to 1. */
  Spread memory() {
    return memory;
  }

  /** Used share, 0 to 1. */
  Spread disk() {
    return disk;
  }

  /** Running tasks. */
  Spread tasks() {
    return tasks;
  }

  int probes() {
    return probes;
  }

  int failures() {
    return failures;
  }
}
