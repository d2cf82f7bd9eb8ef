package dev.valet.agent.hatchet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.agent.hatchet.wire.AssignedAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the engine sends along with a task.
 *
 * @param input JSON object as text
 * @param parents outputs of the tasks before it by their names, a JSON object as text
 * @param errors why other tasks of its workflow failed by their names, a JSON object as text
 */
record ActionInput(String input, String parents, String errors) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ActionInput NOTHING = new ActionInput("{}", "{}", "{}");

  /** Reads a payload; empty if it makes no sense. Fields that are not known are skipped. */
  static Optional<ActionInput> of(String payload) {
    if (payload.isBlank()) {
      return Optional.of(NOTHING);
    }
    try {
      JsonNode root = JSON.readTree(payload);
      return Optional.of(
          new ActionInput(
              object(root, "input"), object(root, "parents"), object(root, "step_run_errors")));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * The task runs that a batch is about, as actions of their own. A batch without any that can be
   * read stands for itself.
   */
  static List<AssignedAction> members(AssignedAction batch) {
    List<AssignedAction> members = new ArrayList<>();
    try {
      JSON.readTree(batch.getActionPayload())
          .fieldNames()
          .forEachRemaining(id ->
              members.add(batch.toBuilder().setTaskRunExternalId(id).setJobRunId(id).build()));
    } catch (JsonProcessingException e) {
      members.clear();
    }
    return batch.getTaskRunExternalId().isEmpty() && !members.isEmpty() ? members : List.of(batch);
  }

  private static String object(JsonNode root, String field) throws JsonProcessingException {
    JsonNode value = root.path(field);
    return value.isMissingNode() || value.isNull() ? "{}" : JSON.writeValueAsString(value);
  }
}
