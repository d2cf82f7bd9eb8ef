package dev.valet.api.openapi;

import dev.valet.api.testkit.Contract;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for what the document of the API does not say, each with the way to say it. */
final class Completeness {
  private final Contract contract;
  private final List<String> gaps = new ArrayList<>();

  Completeness(Contract contract) {
    this.contract = contract;
  }

  /** All gaps, in words. */
  List<String> gaps() {
    info();
    references();
    tags();
    schemas();
    Map<String, String> ids = new HashMap<>();
    for (Contract.Operation operation : contract.operations()) {
      operation(operation);
      String other = ids.put(operation.id(), operation.toString());
      expect(other == null, operation, "has the operationId of " + other);
    }
    return gaps;
  }

  private void info() {
    JsonObject info = contract.json().getJsonObject("info");
    expect(info.getString("version") != null, "info", "has no version");
    expect(info.getJsonObject("license") != null, "info", "has no licence");
    expect(!contract.json().containsKey("servers"), "servers", "name a host");
  }

  /** What is referred to is there: schemas, responses, ways to say who one is. */
  private void references() {
    Matcher references = Pattern.compile("\"(#/[^\"]+)\"").matcher(contract.json().encode());
    while (references.find()) {
      JsonObject reference = new JsonObject().put("$ref", references.group(1));
      expect(contract.resolved(reference) != null, references.group(1), "is not there");
    }
    JsonObject components = contract.json().getJsonObject("components");
    for (Contract.Operation operation : contract.operations()) {
      for (Object security : operation.json().getJsonArray("security")) {
        ((JsonObject) security)
            .fieldNames()
            .forEach(scheme ->
                expect(
                    components
                        .getJsonObject("securitySchemes", new JsonObject())
                        .containsKey(scheme),
                    operation,
                    "needs the unknown security scheme " + scheme));
      }
    }
  }

  private void tags() {
    for (Object tag : contract.json().getJsonArray("tags")) {
      JsonObject one = (JsonObject) tag;
      expect(
          one.containsKey("description"),
          "tag " + one.getString("name"),
          "has no description; one resource must say @Tag(name, description)");
      expect(
          one.getString("name").matches("[a-z][a-z-]*"),
          "tag " + one.getString("name"),
          "is not lower-case");
    }
  }

  private void schemas() {
    contract
        .schemas()
        .forEach((name, schema) -> {
          expect(isText(schema, "description"), name, "has no Javadoc");
          String first = name.replaceFirst("\\d+$", "");
          expect(
              first.equals(name) || !contract.schemas().containsKey(first),
              name,
              "is the second schema of its name; rename its class");
          schema
              .getJsonObject("properties", new JsonObject())
              .forEach(property -> {
                JsonObject said = (JsonObject) property.getValue();
                expect(
                    isText(said, "description"),
                    name + "." + property.getKey(),
                    "has no @param Javadoc");
              });
        });
  }

  private void operation(Contract.Operation operation) {
    expect(isText(operation.json(), "summary"), operation, "has no summary");
    expect(operation.id() != null, operation, "has no operationId");
    expect(!operation.json().getJsonArray("tags").isEmpty(), operation, "has no tag");
    operation
        .parameters()
        .forEach(parameter -> {
          String where = operation + " parameter " + parameter.getString("name");
          expect(isText(parameter, "description"), where, "has no @Parameter(description)");
          expect(parameter.containsKey("example"), where, "has no example");
        });
    if (operation.body() != null) {
      expect(operation.body().containsKey("example"), operation, "has no example of its body");
    }
    answers(operation);
  }

  private void answers(Contract.Operation operation) {
    boolean success = false;
    for (String status : operation.answers().fieldNames()) {
      JsonObject answer = contract.resolved(operation.answers().getJsonObject(status));
      expect(isText(answer, "description"), operation, "does not describe " + status);
      if (status.startsWith("2")) {
        success = true;
        success(operation, status, answer);
      } else {
        expect(
            answer.getJsonObject("content").containsKey("application/problem+json"),
            operation,
            "answers " + status + " with something else than a problem");
      }
    }
    expect(success, operation, "has no answer of success");
  }

  private void success(Contract.Operation operation, String status, JsonObject answer) {
    JsonObject content = answer.getJsonObject("content", new JsonObject());
    expect(
        status.equals("204") || !content.isEmpty(),
        operation,
        "has no body with " + status + "; name the mediaType in its @Content");
    content.forEach(type -> {
      JsonObject body = (JsonObject) type.getValue();
      expect(body.containsKey("schema"), operation, "has no schema of its " + status);
      expect(
          body.containsKey("example") || body.containsKey("examples"),
          operation,
          "has no example of its " + status);
    });
  }

  private static boolean isText(JsonObject json, String field) {
    return json.getString(field) != null && !json.getString(field).isBlank();
  }

  private void expect(boolean holds, Object what, String gap) {
    if (!holds) {
      gaps.add(what + " " + gap);
    }
  }
}
