package dev.valet.agent.hatchet;

import dev.valet.agent.task.TaskCatalogue;
import dev.valet.agent.task.TaskDefinition;
import java.util.Optional;

/**
 * How this agent's tasks are called at the engine, in lower case throughout: a task {@code shot} is
 * the workflow {@code shot} with the one action {@code shot:run}.
 *
 * @param prefix before every name; may be empty
 */
record Names(String prefix) {
  static final String TASK = "run";

  String workflow(String task) {
    return prefix + task;
  }

  String action(String task) {
    return prefix + task + ":" + TASK;
  }

  /** The task that an action means. */
  Optional<TaskDefinition> find(String action, TaskCatalogue catalogue) {
    String end = ":" + TASK;
    if (!action.startsWith(prefix) || !action.endsWith(end)) {
      return Optional.empty();
    }
    return catalogue.find(action.substring(prefix.length(), action.length() - end.length()));
  }
}
