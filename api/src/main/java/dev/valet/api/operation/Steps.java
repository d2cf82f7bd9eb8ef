package dev.valet.api.operation;

import dev.valet.common.operation.OperationStep;
import dev.valet.common.operation.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the steps of an operation advance; at most the last one is running. Pure. */
final class Steps {
  private Steps() {}

  /**
   * Enters a step. The same step again only changes its detail; another one ends the running step
   * as succeeded.
   */
  static List<OperationStep> enter(
      List<OperationStep> steps, String name, @Nullable String detail, Instant now) {
    OperationStep last = steps.isEmpty() ? null : steps.getLast();
    if (last != null && last.status() == StepStatus.RUNNING && last.name().equals(name)) {
      List<OperationStep> same = new ArrayList<>(steps.subList(0, steps.size() - 1));
      same.add(
          new OperationStep(
              name,
              StepStatus.RUNNING,
              last.startedAt(),
              null,
              detail == null ? last.detail() : detail));
      return List.copyOf(same);
    }
    List<OperationStep> next = new ArrayList<>(end(steps, StepStatus.SUCCEEDED, null, now));
    next.add(new OperationStep(name, StepStatus.RUNNING, now, null, detail));
    return List.copyOf(next);
  }

  /** Ends the running step, if there is one. */
  static List<OperationStep> end(
      List<OperationStep> steps, StepStatus status, @Nullable String detail, Instant now) {
    if (steps.isEmpty() || steps.getLast().status() != StepStatus.RUNNING) {
      return steps;
    }
    OperationStep last = steps.getLast();
    List<OperationStep> ended = new ArrayList<>(steps.subList(0, steps.size() - 1));
    ended.add(
        new OperationStep(
            last.name(), status, last.startedAt(), now, detail == null ? last.detail() : detail));
    return List.copyOf(ended);
  }
}
