package dev.valet.agent.task;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this agent can do at one moment.
 *
 * @param definitions by name
 * @param refused why parts of the configuration were refused, each beginning with the part's name
 */
public record TaskCatalogue(Map<String, TaskDefinition> definitions, List<String> refused) {
  /** Nothing. */
  public static final TaskCatalogue EMPTY = new TaskCatalogue(Map.of(), List.of());

  /** Copies both. */
  public TaskCatalogue {
    definitions = Map.copyOf(definitions);
    refused = List.copyOf(refused);
  }

  /** With one more definition, which wins over another of that name. */
  public TaskCatalogue plus(TaskDefinition definition) {
    Map<String, TaskDefinition> all = new HashMap<>(definitions);
    all.put(definition.name(), definition);
    return new TaskCatalogue(all, refused);
  }

  /** The definition of that name. */
  public Optional<TaskDefinition> find(String name) {
    return Optional.ofNullable(definitions.get(name));
  }
}
