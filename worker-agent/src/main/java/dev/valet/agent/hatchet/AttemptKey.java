package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.wire.AssignedAction;
import dev.valet.agent.hatchet.wire.StepActionEvent;

/**
 * What makes an attempt one and the same, however often the engine sends it.
 *
 * @param taskRunId the engine's id of the task run
 * @param retry counts the attempts of a task run, from 0
 */
record AttemptKey(String taskRunId, int retry) {
  static AttemptKey of(AssignedAction action) {
    return new AttemptKey(action.getTaskRunExternalId(), action.getRetryCount());
  }

  static AttemptKey of(StepActionEvent event) {
    return new AttemptKey(event.getTaskRunExternalId(), event.getRetryCount());
  }
}
