package dev.valet.api.sandbox;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What PostgreSQL did for a query: its answer to {@code EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)}.
 */
final class QueryPlan {
  private final JsonObject root;
  private final List<JsonObject> nodes = new ArrayList<>();

  QueryPlan(JsonArray answer) {
    root = answer.getJsonObject(0).getJsonObject("Plan");
    collect(root);
  }

  private void collect(JsonObject node) {
    nodes.add(node);
    JsonArray children = node.getJsonArray("Plans", new JsonArray());
    for (int i = 0; i < children.size(); i++) {
      collect(children.getJsonObject(i));
    }
  }

  /** Tables that were read from beginning to end. */
  List<String> wholeTables() {
    return nodes.stream()
        .filter(node -> node.getString("Node Type").equals("Seq Scan"))
        .map(node -> node.getString("Relation Name"))
        .toList();
  }

  /** Rows that were looked at in tables, wanted or not. */
  long rowsTouched() {
    return nodes.stream()
        .filter(node -> node.containsKey("Relation Name"))
        .mapToLong(node ->
            rows(node, "Actual Rows")
                + rows(node, "Rows Removed by Filter")
                + rows(node, "Rows Removed by Index Recheck"))
        .sum();
  }

  /** Most rows that were sorted at once. */
  long rowsSorted() {
    return nodes.stream()
        .filter(node -> node.getString("Node Type").endsWith("Sort"))
        .flatMap(node -> node.getJsonArray("Plans").stream())
        .mapToLong(input -> rows((JsonObject) input, "Actual Rows"))
        .max()
        .orElse(0);
  }

  /** Pages of 8 KiB that were looked at. */
  long blocks() {
    return root.getLong("Shared Hit Blocks") + root.getLong("Shared Read Blocks");
  }

  private static long rows(JsonObject node, String key) {
    return Math.round(node.getDouble(key, 0.0) * node.getLong("Actual Loops"));
  }

  @Override
  public String toString() {
    return root.encodePrettily();
  }
}
