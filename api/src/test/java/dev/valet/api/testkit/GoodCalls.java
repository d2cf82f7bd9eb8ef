package dev.valet.api.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Calls of every operation that the document has, made of its examples, with the ids of things that
 * are there: those that the API's own lists show, and that its creating routes have made.
 */
public final class GoodCalls {
  private static final String EXAMPLE = "0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3e";

  private final Contract contract;

  /** Values of fields such as {@code templateId}, and ids of things by the path of their list. */
  private final Map<String, String> known = new TreeMap<>();

  /** Optional fields whose example names something that is not there. */
  private final Set<String> leftOut = new TreeSet<>();

  private GoodCalls(Contract contract) {
    this.contract = contract;
  }

  /** Looks around, creates one of everything, and looks again. */
  public static GoodCalls prepare(Contract contract) {
    GoodCalls calls = new GoodCalls(contract);
    calls.lookAround();
    contract.operations().stream()
        .filter(operation -> operation.method().equals("POST") && operation.body() != null)
        .filter(operation -> !operation.path().contains("{"))
        .filter(operation -> !operation.permission().equals("public"))
        .forEach(calls::create);
    calls.lookAround();
    return calls;
  }

  /** A call of nobody yet. */
  public HttpCall of(Contract.Operation operation) {
    Map<String, String> headers = new TreeMap<>();
    operation.parameters().stream()
        .filter(parameter -> parameter.getString("in").equals("header"))
        .filter(parameter -> parameter.getBoolean("required", false))
        .forEach(
            parameter -> headers.put(parameter.getString("name"), header(operation, parameter)));
    String body = null;
    if (operation.body() != null) {
      headers.put("Content-Type", "application/json");
      body = body(operation.body().getJsonObject("example")).encode();
    }
    return new HttpCall(operation.method(), path(operation.path()), "", headers, body);
  }

  /** Whether all ids in its path are of things that are there. */
  public boolean isReal(Contract.Operation operation) {
    return !path(operation.path()).contains(EXAMPLE);
  }

  private void create(Contract.Operation operation) {
    HttpCall.Answer answer = of(operation).as("admin").send();
    if (answer.status() == 400) {
      answer.json().getJsonArray("errors", new JsonArray()).stream()
          .map(error -> ((JsonObject) error).getString("field"))
          .forEach(leftOut::add);
      answer = of(operation).as("admin").send();
    }
    learn(operation.path(), answer);
    leftOut.clear();
  }

  private String path(String template) {
    String path = template;
    while (path.contains("{")) {
      String list = path.substring(0, path.indexOf("/{"));
      path = path.replaceFirst("\\{[^}]*}", id(list));
    }
    return path;
  }

  /** {@code /api/v1/operations} has no list, but sandboxes have an {@code operationId}. */
  private String id(String list) {
    return Optional.ofNullable(known.get(list))
        .orElseGet(() -> known.getOrDefault(field(list), EXAMPLE));
  }

  /** {@code templateId} of {@code /api/v1/templates}. */
  private static String field(String list) {
    return list.substring(list.lastIndexOf('/') + 1).replaceFirst("(?<=x)es$|s$", "") + "Id";
  }

  private String header(Contract.Operation operation, JsonObject parameter) {
    boolean etag = parameter.getString("name").equals("If-Match");
    String version = known.get(path(operation.path()) + " version");
    return etag && version != null ? "\"" + version + "\"" : parameter.getString("example");
  }

  /** The example, as somebody else has not sent it yet. */
  private JsonObject body(JsonObject example) {
    JsonObject body = example.copy();
    for (String field : Set.copyOf(body.fieldNames())) {
      if (leftOut.contains(field)) {
        body.remove(field);
      } else if (field.equals("name") || field.equals("slug")) {
        body.put(field, "t-" + UUID.randomUUID().toString().substring(0, 8));
      } else if (known.containsKey(field) && body.getValue(field) instanceof String) {
        body.put(field, known.get(field));
      }
    }
    return body;
  }

  private void lookAround() {
    contract.operations().stream()
        .filter(operation -> operation.method().equals("GET") && !operation.path().contains("{"))
        .forEach(operation -> learn(operation.path(), of(operation).as("admin").send()));
  }

  private void learn(String path, HttpCall.Answer answer) {
    if (answer.status() >= 300) {
      return;
    }
    for (Object item : answer.json().getJsonArray("items", new JsonArray().add(answer.json()))) {
      if (item instanceof JsonObject object) {
        learn(path, object);
      }
    }
  }

  private void learn(String path, JsonObject object) {
    if (object.getValue("id") instanceof String id) {
      known.put(path, id);
      known.put(field(path), id);
      if (object.getValue("version") != null) {
        known.put(path + "/" + id + " version", object.getValue("version").toString());
      }
    }
    object.forEach(field -> {
      if (field.getKey().endsWith("Id") && field.getValue() instanceof String id) {
        known.put(field.getKey(), id);
      }
    });
  }
}
