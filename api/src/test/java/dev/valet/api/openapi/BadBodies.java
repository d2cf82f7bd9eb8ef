package dev.valet.api.openapi;

import dev.valet.api.openapi.BadCalls.Bad;
import dev.valet.api.testkit.Contract;
import dev.valet.api.testkit.HttpCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Bodies that are no JSON, of another shape or type, out of range, too large. */
final class BadBodies {
  private static final int LIMIT = 64 * 1024;

  private final Contract contract;
  private final HttpCall good;
  private final List<Bad> bad = new ArrayList<>();

  private BadBodies(Contract contract, HttpCall good) {
    this.contract = contract;
    this.good = good;
  }

  static List<Bad> of(Contract contract, Contract.Operation operation, HttpCall good) {
    BadBodies bodies = new BadBodies(contract, good);
    bodies.spoilWhole(operation.bodyIsOptional());
    JsonObject body = new JsonObject(good.body());
    bodies.spoilObject(operation.body().getJsonObject("schema"), body, body, "");
    return bodies.bad;
  }

  private void spoilWhole(boolean optional) {
    String nested = "[".repeat(5_000);
    for (String text : List.of("{", "[1", "nonsense", "[]", "3", "\"text\"", "{} {}", nested)) {
      add("body " + text, good.withBody(text), "", 400);
    }
    if (!optional) {
      for (String nothing : Arrays.asList("", "null", null)) {
        add("body " + nothing, good.withBody(nothing), "", 400);
      }
    }
    add("nested", good.withBody("{\"a\":".repeat(5_000)), "", 400);
    add(
        "field twice",
        good.withBody(good.body().replaceFirst("\\{(\"\\w+\":)", "{$1null,$1")),
        "",
        400);
    add("huge", good.withBody("{\"name\":\"" + "x".repeat(LIMIT) + "\"}"), "", 413);
    for (String type : Arrays.asList("text/plain", "application/xml", "nonsense", null)) {
      add("Content-Type " + type, good.with("Content-Type", type), "", 415);
    }
  }

  private void spoilObject(JsonObject reference, JsonObject whole, JsonObject at, String path) {
    JsonObject schema = contract.resolved(reference);
    with(whole, at, "nonsense", path + "nonsense", 1);
    List<Object> required = schema.getJsonArray("required", new JsonArray()).getList();
    schema
        .getJsonObject("properties", new JsonObject())
        .forEach(property -> {
          String name = property.getKey();
          JsonObject type = actual((JsonObject) property.getValue());
          for (Object value : wrong(type)) {
            with(whole, at, name, path + name, value);
          }
          if (required.contains(name) && !isA(type, "boolean")) {
            with(whole, at, name, path + name, null);
          }
          if (at.getValue(name) instanceof JsonObject inner && type.containsKey("properties")) {
            spoilObject(type, whole, inner, path + name + ".");
          }
        });
  }

  /** Behind a reference, and behind "this or null". */
  private JsonObject actual(JsonObject property) {
    JsonArray anyOf = property.getJsonArray("anyOf");
    return contract.resolved(anyOf == null ? property : anyOf.getJsonObject(0));
  }

  private List<Object> wrong(JsonObject type) {
    List<Object> wrong = new ArrayList<>();
    if (type.containsKey("enum")) {
      wrong.addAll(List.of("moon", 7, true, new JsonArray().add("dev")));
    } else if (isA(type, "string")) {
      wrong.addAll(
          List.of(7, 1.5, true, new JsonArray().add("x"), new JsonObject(), "a\u0000b", "\ud800"));
      text(type, wrong);
    } else if (isA(type, "integer")) {
      wrong.addAll(List.of("1", "x", 1.5, true, new JsonArray(), new JsonObject(), 1e30));
      limits(type, wrong);
    } else if (isA(type, "boolean")) {
      wrong.addAll(List.of("true", 1, new JsonArray(), new JsonObject()));
    } else if (isA(type, "array")) {
      wrong.addAll(List.of("x", 1, true, new JsonObject().put("a", 1)));
      if (type.containsKey("maxItems")) {
        wrong.add(
            new JsonArray(
                IntStream.rangeClosed(0, type.getInteger("maxItems"))
                    .boxed()
                    .map(i -> (Object) ("x" + i))
                    .toList()));
      }
    } else if (isA(type, "object")) {
      wrong.addAll(List.of("x", 1, true, new JsonArray().add(1)));
      map(type, wrong);
    }
    return wrong;
  }

  private static void text(JsonObject type, List<Object> wrong) {
    if (type.containsKey("maxLength")) {
      wrong.add("x".repeat(type.getInteger("maxLength") + 1));
    }
    if (type.getInteger("minLength", 0) > 0) {
      wrong.add("");
    }
    if (type.containsKey("pattern")) {
      // What may not be blank is documented as \\S: somewhere in it, unlike the other patterns.
      String pattern = type.getString("pattern").replace("\\S", ".*\\S.*");
      Stream.of(" ", "-", "x".repeat(5_000), "../../etc/passwd")
          .filter(value -> !value.matches(pattern))
          .forEach(wrong::add);
    }
    if (type.containsKey("format")) {
      wrong.addAll(List.of("", "abc", "1-1-1-1-1"));
    }
  }

  private static void limits(JsonObject type, List<Object> wrong) {
    if (type.containsKey("minimum")) {
      wrong.addAll(List.of(type.getLong("minimum") - 1, Integer.MIN_VALUE));
    }
    if (type.containsKey("maximum")) {
      wrong.addAll(List.of(type.getLong("maximum") + 1, Integer.MAX_VALUE));
    }
  }

  private static void map(JsonObject type, List<Object> wrong) {
    if (type.containsKey("maxProperties")) {
      JsonObject many = new JsonObject();
      IntStream.rangeClosed(0, type.getInteger("maxProperties"))
          .forEach(i -> many.put("k" + i, "v"));
      wrong.add(many);
    }
  }

  private static boolean isA(JsonObject type, String name) {
    return type.getValue("type") instanceof JsonArray types
        ? types.contains(name)
        : name.equals(type.getString("type"));
  }

  /** Half a character has no bytes of its own, but JSON can say it. */
  private static String escaped(JsonObject body) {
    return body.encode().replace("\ud800", "\\ud800");
  }

  /** The whole body with one value changed inside. */
  private void with(JsonObject whole, JsonObject at, String name, String path, Object value) {
    boolean had = at.containsKey(name);
    Object before = at.getValue(name);
    at.put(name, value);
    add(path + " = " + value, good.withBody(escaped(whole)), path, 400);
    if (had) {
      at.put(name, before);
    } else {
      at.remove(name);
    }
  }

  private void add(String fault, HttpCall call, String field, int status) {
    String plain = fault.replaceAll("[^\\x20-\\x7E]", "?");
    String shown = plain.length() > 60 ? plain.substring(0, 60) + "..." : plain;
    bad.add(new Bad(shown, call, Set.of(status), field));
  }
}
