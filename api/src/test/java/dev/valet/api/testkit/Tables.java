package dev.valet.api.testkit;

import dev.valet.local.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** What all tables hold, in short: to show that a refused call has changed nothing. */
public final class Tables {
  /** Refusals themselves are audited, and wait for their seal. */
  private static final Map<String, String> WHERE =
      Map.of(
          "audit",
          " WHERE result <> 'denied'",
          "audit_unsealed",
          " WHERE audit_id NOT IN (SELECT id FROM audit WHERE result = 'denied')");

  private static final String NAMES =
      """
      SELECT relname, '' FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND NOT relispartition AND relname NOT LIKE 'flyway%'
      """;

  private Tables() {}

  /** Rows and a hash of all their columns, by table. */
  public static Map<String, String> contents() {
    PostgresServer server = PostgresServer.shared();
    String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
    try (Connection connection =
        DriverManager.getConnection(url, server.ownerUser(), server.ownerPassword())) {
      return pairs(connection, select(pairs(connection, NAMES)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String select(Map<String, String> names) {
    return names.keySet().stream()
        .map(name ->
            ("SELECT '%1$s', count(*) || ' rows ' || coalesce(sum(hashtextextended(t::text, 0)), 0)"
                    + " FROM %1$s t%2$s")
                .formatted(name, WHERE.getOrDefault(name, "")))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static Map<String, String> pairs(Connection connection, String sql) throws SQLException {
    Map<String, String> pairs = new TreeMap<>();
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        pairs.put(rows.getString(1), rows.getString(2));
      }
    }
    return pairs;
  }
}
