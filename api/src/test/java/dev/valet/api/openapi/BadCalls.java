package dev.valet.api.openapi;

import dev.valet.api.testkit.Contract;
import dev.valet.api.testkit.HttpCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Spoils the good call of an operation in every way that its document rules out. Each bad call has
 * one fault; which status it must get is known, and for most which field the answer must name.
 */
final class BadCalls {
  /** Longer than any parameter or field may be, shorter than a request may be. */
  private static final String HUGE = "x".repeat(5_000);

  private static final String STRANGER = "0197f0a0-0000-7000-8000-00000000dead";
  private static final List<String> NO_UUIDS =
      List.of("abc", "1-1-1-1-1", "0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3", "%00", "%27%20OR%201=1");
  private static final List<String> NO_NUMBERS = List.of("x", "1e3", "1.5", "9".repeat(20));
  private static final List<String> NO_TIMES = List.of("yesterday", "2026-13-01T00:00:00Z", "0");

  /**
   * A bad call.
   *
   * @param statuses what may be answered
   * @param field what the answer must name; empty for nothing
   */
  record Bad(String fault, HttpCall call, Set<Integer> statuses, String field) {}

  private final Contract contract;
  private final List<Bad> bad = new ArrayList<>();

  private BadCalls(Contract contract) {
    this.contract = contract;
  }

  /**
   * All bad calls of an operation.
   *
   * @param foreignCursors cursors of other lists
   */
  static List<Bad> of(
      Contract contract, Contract.Operation operation, HttpCall good, List<String> foreignCursors) {
    BadCalls calls = new BadCalls(contract);
    calls.spoilPath(operation, good);
    calls.spoilHeaders(operation, good);
    calls.add("unknown parameter", good.withQuery("nonsense=1"), "nonsense", 400);
    for (JsonObject parameter : operation.parameters()) {
      if (parameter.getString("in").equals("query")) {
        calls.spoilQuery(parameter, good, foreignCursors);
      }
    }
    if (operation.body() != null) {
      calls.bad.addAll(BadBodies.of(contract, operation, good));
    }
    return calls.bad;
  }

  private void spoilPath(Contract.Operation operation, HttpCall good) {
    String[] template = operation.path().split("/");
    String[] real = good.path().split("/");
    for (int i = 0; i < template.length; i++) {
      if (template[i].startsWith("{")) {
        String name = template[i].substring(1, template[i].length() - 1);
        for (String id : NO_UUIDS) {
          add("path " + id, good.withPath(replaced(real, i, id)), name, 400);
        }
        add("huge id", good.withPath(replaced(real, i, HUGE)), name, 400);
        add("stranger's id", good.withPath(replaced(real, i, STRANGER)), "", 404);
      }
    }
  }

  private static String replaced(String[] parts, int at, String part) {
    String[] changed = parts.clone();
    changed[at] = part;
    return String.join("/", changed);
  }

  private void spoilHeaders(Contract.Operation operation, HttpCall good) {
    for (String accept : List.of("application/xml", "text/html", "image/*")) {
      add("Accept " + accept, good.with("Accept", accept), "", 406);
    }
    for (JsonObject parameter : operation.parameters()) {
      if (parameter.getString("in").equals("header")) {
        spoilHeader(parameter, good);
      }
    }
  }

  private void spoilHeader(JsonObject header, HttpCall good) {
    String name = header.getString("name");
    if (header.getBoolean("required", false)) {
      add("no " + name, good.with(name, null), "", 428);
    }
    String pattern = schema(header).getString("pattern", ".*");
    for (String value : List.of("non sense", "*", "W/\"3\"", "\"9999999999999999999\"", HUGE)) {
      if (!value.matches(pattern)) {
        add(name + " " + value, good.with(name, value), name, 400);
      }
    }
  }

  private void spoilQuery(JsonObject parameter, HttpCall good, List<String> foreignCursors) {
    String name = parameter.getString("name");
    JsonObject schema = schema(parameter);
    boolean many = schema.containsKey("items");
    JsonObject single = many ? contract.resolved(schema.getJsonObject("items")) : schema;
    query(name, good, "", "%00", HUGE.substring(0, 2_000));
    if (!many) {
      String twice = name + "=" + parameter.getValue("example") + "&" + name + "=1";
      add(name + " twice", good.withQuery(twice), name, 400);
    }
    spoilQuery(name, single, good);
    if (name.equals("cursor")) {
      List<String> cursors = new ArrayList<>(foreignCursors);
      cursors.add(parameter.getString("example"));
      cursors.addAll(List.of("%2B%2B", "AAAA"));
      cursors.forEach(one -> add("cursor " + one, good.withQuery("cursor=" + one), "", 400));
    }
  }

  private void spoilQuery(String name, JsonObject schema, HttpCall good) {
    if (schema.containsKey("enum")) {
      query(name, good, "moon", schema.getJsonArray("enum").getString(0).toUpperCase());
    } else if (schema.getString("type").equals("integer")) {
      query(name, good, NO_NUMBERS.toArray(String[]::new));
      number(name, schema.getLong("minimum"), -1, good);
      number(name, schema.getLong("maximum"), 1, good);
    } else if (schema.getString("type").equals("boolean")) {
      query(name, good, "yes", "1", "TRUE");
    } else if ("uuid".equals(schema.getString("format"))) {
      query(name, good, NO_UUIDS.toArray(String[]::new));
    } else if ("date-time".equals(schema.getString("format"))) {
      query(name, good, NO_TIMES.toArray(String[]::new));
    } else {
      query(name, good, "y".repeat(schema.getInteger("maxLength") + 1));
      if (schema.containsKey("pattern") && !name.equals("cursor")) {
        query(name, good, "%21%21");
      }
    }
  }

  private void number(String name, Long limit, int step, HttpCall good) {
    if (limit != null) {
      query(
          name, good, String.valueOf(limit + step), String.valueOf(limit + step * 1_000_000_000L));
    }
  }

  private void query(String name, HttpCall good, String... values) {
    for (String value : values) {
      add(name + "=" + value, good.withQuery(name + "=" + value), name, 400);
    }
  }

  private JsonObject schema(JsonObject parameter) {
    return contract.resolved(parameter.getJsonObject("schema", new JsonObject()));
  }

  private void add(String fault, HttpCall call, String field, int status) {
    bad.add(new Bad(fault, call, Set.of(status), field));
  }

  /** The names in an answer's errors. */
  static List<String> fields(HttpCall.Answer answer) {
    return answer.json().getJsonArray("errors", new JsonArray()).stream()
        .map(error -> ((JsonObject) error).getString("field"))
        .toList();
  }
}
