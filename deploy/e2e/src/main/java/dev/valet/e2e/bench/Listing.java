package dev.valet.e2e.bench;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A list that is measured.
 *
 * @param name for the table
 * @param query of the request
 * @param values of the filters, in the order in which the API's statement has them
 */
record Listing(String name, String query, List<Object> values) {
  static final int LIMIT = 50;

  private static Listing of(String name, String query, Object... values) {
    return new Listing(name, query, List.of(values));
  }

  /** Each filter alone and the three combinations, with values that few to many sandboxes have. */
  static List<Listing> all(Connection connection) throws SQLException {
    String template = id(connection, "template WHERE name", "sample-desktop");
    String tenant = id(connection, "tenant WHERE slug", "sample-g");
    String largeTenant = id(connection, "tenant WHERE slug", "sample-middle");
    List<Listing> all = new ArrayList<>();
    all.add(of("no filter", ""));
    all.add(of("environment", "environment=prod", "prod"));
    all.add(of("phase", "phase=failed", "failed"));
    all.add(of("ec2Status", "ec2Status=stopped", "stopped"));
    all.add(of("health", "health=unhealthy", "unhealthy"));
    all.add(of("templateId", "templateId=" + template, uuid(template)));
    all.add(of("tenantId", "tenantId=" + tenant, uuid(tenant)));
    all.add(of("tag", "tag=team:research", json("team", "research")));
    all.add(of("q", "q=replay", "%replay%"));
    all.add(
        of(
            "sick in production",
            "environment=prod&phase=running&health=unhealthy",
            "running",
            "prod",
            "unhealthy"));
    all.add(
        of(
            "a tenant's use of a template",
            "tenantId=%s&templateId=%s&ec2Status=running".formatted(largeTenant, template),
            "running",
            uuid(template),
            uuid(largeTenant)));
    all.add(
        of(
            "search in a team",
            "environment=dev&tag=team:search&q=crawler",
            "dev",
            json("team", "search"),
            "%crawler%"));
    return Collections.unmodifiableList(all);
  }

  private static JsonObject uuid(String id) {
    return new JsonObject().put("uuid", id);
  }

  private static JsonObject json(String key, String value) {
    return new JsonObject().put("json", new JsonObject().put(key, value));
  }

  /** Where the API answers it. */
  String path() {
    String first = "/api/v1/sandboxes?limit=" + LIMIT;
    return query.isEmpty() ? first : first + "&" + query.replace(":", encoded(":"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String id(Connection connection, String where, String name) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM " + where + " = ?")) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }
}
