package dev.valet.agent.hatchet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * What the engine sends along with a task.
 *
 * @param input JSON object as text
 * @param parents outputs of the tasks before it by their names, a JSON object as text
 */
record ActionInput(String input, String parents) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ActionInput NOTHING = new ActionInput("{}", "{}");

  /** Reads a payload; empty if it makes no sense. Fields that are not known are skipped. */
  static Optional<ActionInput> of(String payload) {
    if (payload.isBlank()) {
      return Optional.of(NOTHING);
    }
    try {
      JsonNode root = JSON.readTree(payload);
      return Optional.of(new ActionInput(object(root, "input"), object(root, "parents")));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String object(JsonNode root, String field) throws JsonProcessingException {
    JsonNode value = root.path(field);
    return value.isMissingNode() || value.isNull() ? "{}" : JSON.writeValueAsString(value);
  }
}
