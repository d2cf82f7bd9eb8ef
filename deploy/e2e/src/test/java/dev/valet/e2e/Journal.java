package dev.valet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the local EC2 did, in its order. */
final class Journal {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> changes = new ArrayList<>();

  private Journal() {}

  static Journal read(Path file) throws IOException {
    Journal journal = new Journal();
    for (String line : Files.readAllLines(file)) {
      JSON.readTree(line).path("changes").forEach(journal.changes::add);
    }
    return journal;
  }

  /** The most instances of a sandbox that were there at one time, not yet terminated. */
  long mostLiveOf(String sandboxId) {
    Map<String, String> states = new HashMap<>();
    long most = 0;
    for (JsonNode change : changes) {
      JsonNode instance = change.path("instance");
      if (instance.path("tags").path("valet:sandbox").asText().equals(sandboxId)) {
        states.put(
            instance.path("launch").path("instanceId").asText(), state(instance.path("status")));
      }
      states.computeIfPresent(
          change.path("instanceId").asText(),
          (id, state) -> change.has("status") ? state(change.path("status")) : state);
      most = Math.max(most, states.values().stream().filter(s -> !s.equals("terminated")).count());
    }
    return most;
  }

  private static String state(JsonNode status) {
    return status.path("state").asText();
  }
}
