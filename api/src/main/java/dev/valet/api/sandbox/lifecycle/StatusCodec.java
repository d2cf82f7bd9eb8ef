package dev.valet.api.sandbox.lifecycle;

import dev.valet.common.sandbox.SandboxView.Condition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON columns of sandbox_status. Pure. */
final class StatusCodec {
  private StatusCodec() {}

  static JsonArray conditions(List<Condition> conditions) {
    JsonArray array = new JsonArray();
    conditions.forEach(condition ->
        array.add(
            new JsonObject()
                .put("type", condition.type())
                .put("message", condition.message())
                .put("since", condition.since().toString())));
    return array;
  }

  static List<Condition> conditions(JsonArray array) {
    return array.stream()
        .map(JsonObject.class::cast)
        .map(json ->
            new Condition(
                json.getString("type"),
                json.getString("message"),
                Instant.parse(json.getString("since"))))
        .toList();
  }

  static JsonArray instants(List<Instant> instants) {
    JsonArray array = new JsonArray();
    instants.forEach(at -> array.add(at.toString()));
    return array;
  }

  static List<Instant> instants(JsonArray array) {
    return array.stream().map(at -> Instant.parse((String) at)).toList();
  }

  static JsonObject tags(Map<String, String> tags) {
    return new JsonObject(new HashMap<>(tags));
  }

  static Map<String, String> tags(JsonObject tags) {
    return tags.stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> (String) entry.getValue()));
  }

  /** The version of the contact that a claim saw; 0 before the first. */
  static long contactVersion(Claim claim) {
    Observed.Contact contact = claim.observed().contact();
    return contact == null ? 0 : contact.version();
  }
}
