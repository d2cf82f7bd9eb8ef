package dev.valet.api.taskengine;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says of its queues and workers.
 *
 * @param queues of each action that is queued or taken by a worker, by name
 * @param totals over all actions
 * @param workers with a heartbeat within the last 24 hours
 */
record EngineReport(List<Queue> queues, Totals totals, List<Worker> workers) {
  EngineReport {
    queues = List.copyOf(queues);
    workers = List.copyOf(workers);
  }

  /**
   * Tasks of an action.
   *
   * @param running null where the engine does not tell it by action
   * @param oldest since when the oldest waits, or earlier: the engine tells it by the task's name,
   *     which several actions may share
   */
  record Queue(String action, int queued, @Nullable Integer running, @Nullable Instant oldest) {}

  /** Tasks by state; ended ones of the last 24 hours. */
  record Totals(long queued, long running, long completed, long failed) {}

  /**
   * A worker.
   *
   * @param id the engine's
   * @param sandboxId from its label; null if it is none of ours
   */
  record Worker(
      String id,
      @Nullable UUID sandboxId,
      Status status,
      List<String> actions,
      int slots,
      int freeSlots) {
    Worker {
      actions = List.copyOf(actions);
    }

    boolean isActive() {
      return status == Status.ACTIVE;
    }
  }

  /** The engine's words. ACTIVE tells of heartbeats, not of a stream that tasks come by. */
  enum Status {
    ACTIVE,
    INACTIVE,
    PAUSED
  }
}
