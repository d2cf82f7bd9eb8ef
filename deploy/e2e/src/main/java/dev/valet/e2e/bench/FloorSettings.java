package dev.valet.e2e.bench;

import dev.valet.local.host.PrivateFiles;
import dev.valet.local.postgres.PostgresServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Learns from the API what the floor shall do: its statements and its bytes. */
final class FloorSettings {
  /** {@code quarkus.datasource.reactive.max-size} of the API. */
  private static final int CONNECTIONS = 16;

  private static final String LAST_STATEMENT =
      """
      SELECT query FROM pg_stat_activity
      WHERE usename = 'valet_app' AND query LIKE 'SELECT d.id, d.name,%'
      ORDER BY query_start DESC LIMIT 1
      """;

  private final JsonArray listings = new JsonArray();
  private final Connection app;

  /**
   * @param app a connection of the API's own role, which may see the API's statements
   */
  FloorSettings(Connection app) {
    this.app = app;
  }

  /** Adds a list right after the API answered it. */
  void add(Listing listing, String body) throws SQLException {
    JsonArray parameters = new JsonArray();
    listing.values().forEach(parameters::add);
    listings.add(
        new JsonObject()
            .put("sql", lastStatement())
            .put("parameters", parameters.add(Listing.LIMIT + 1))
            .put("body", body));
  }

  private String lastStatement() throws SQLException {
    try (Statement statement = app.createStatement();
        ResultSet rows = statement.executeQuery(LAST_STATEMENT)) {
      if (!rows.next()) {
        throw new IllegalStateException("PostgreSQL does not show the API's statement");
      }
      return rows.getString(1);
    }
  }

  void write(Path folder, int port, PostgresServer postgres) throws IOException {
    JsonObject database =
        new JsonObject()
            .put("url", postgres.reactiveUrl())
            .put("user", postgres.appUser())
            .put("password", postgres.appPassword())
            .put("connections", CONNECTIONS);
    JsonObject settings =
        new JsonObject().put("port", port).put("database", database).put("listings", listings);
    PrivateFiles.write(folder.resolve("floor.json"), settings.encode());
  }
}
