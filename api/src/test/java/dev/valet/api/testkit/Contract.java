package dev.valet.api.testkit;

import static io.restassured.RestAssured.given;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The document of the API under test, as it serves it. */
public final class Contract {
  private final JsonObject json;

  private Contract(JsonObject json) {
    this.json = json;
  }

  /** As people read it. */
  public static String text() {
    return given().get("/q/openapi").then().statusCode(200).extract().asString();
  }

  /** As tests read it. */
  public static Contract read() {
    String text = given().get("/q/openapi?format=json").then().statusCode(200).extract().asString();
    return new Contract(new JsonObject(text));
  }

  /** The whole document. */
  public JsonObject json() {
    return json;
  }

  /** The shared schemas by name. */
  public Map<String, JsonObject> schemas() {
    Map<String, JsonObject> schemas = new TreeMap<>();
    json.getJsonObject("components")
        .getJsonObject("schemas")
        .forEach(schema -> schemas.put(schema.getKey(), (JsonObject) schema.getValue()));
    return schemas;
  }

  /** What a reference refers to; anything else is itself. */
  public JsonObject resolved(JsonObject maybeReference) {
    String ref = maybeReference.getString("$ref");
    if (ref == null) {
      return maybeReference;
    }
    JsonObject found = json;
    for (String step : ref.substring(2).split("/")) {
      found = found.getJsonObject(step);
    }
    return found;
  }

  /** All operations, by path and method. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    json.getJsonObject("paths")
        .forEach(path ->
            ((JsonObject) path.getValue())
                .forEach(verb ->
                    operations.add(
                        new Operation(
                            verb.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            (JsonObject) verb.getValue()))));
    return operations;
  }

  /** Whether an operation may answer with this status and media type. */
  public boolean declares(Operation operation, HttpCall.Answer answer) {
    JsonObject declared = operation.answers().getJsonObject(String.valueOf(answer.status()));
    return declared != null
        && (answer.body().isEmpty()
            || resolved(declared)
                .getJsonObject("content", new JsonObject())
                .containsKey(answer.mediaType()));
  }

  /** One operation. */
  public record Operation(String method, String path, JsonObject json) {
    /** Its name in generated clients. */
    public String id() {
      return json.getString("operationId");
    }

    /** The permission that its caller needs; null if none is declared. */
    public String permission() {
      return json.getString("x-valet-permission");
    }

    /** Whether a call may change something. */
    public boolean isUnsafe() {
      return !method.equals("GET");
    }

    /** Its parameters; may be empty. */
    public List<JsonObject> parameters() {
      return json.getJsonArray("parameters", new JsonArray()).stream()
          .map(JsonObject.class::cast)
          .toList();
    }

    /** The JSON body that it takes: schema and example; null if it takes none. */
    public JsonObject body() {
      return json.containsKey("requestBody")
          ? json.getJsonObject("requestBody")
              .getJsonObject("content")
              .getJsonObject("application/json")
          : null;
    }

    /** Whether it can be called without a body. */
    public boolean bodyIsOptional() {
      return !json.getJsonObject("requestBody", new JsonObject()).getBoolean("required", false);
    }

    /** Its answers by status. */
    public JsonObject answers() {
      return json.getJsonObject("responses");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }
}
