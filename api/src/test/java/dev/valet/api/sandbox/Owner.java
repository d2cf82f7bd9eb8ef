package dev.valet.api.sandbox;

import dev.valet.local.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.eclipse.microprofile.config.ConfigProvider;

/** What only the owner of the tables may do: make the application's inserts fail. */
final class Owner {
  private Owner() {}

  /** Runs something while the application may not insert into a table. */
  static void withoutInsertOn(String table, Runnable attempt) {
    execute("REVOKE INSERT ON " + table + " FROM valet_app");
    try {
      attempt.run();
    } finally {
      execute("GRANT INSERT ON " + table + " TO valet_app");
    }
  }

  private static void execute(String sql) {
    PostgresServer server = PostgresServer.shared();
    String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
    try (Connection connection =
            DriverManager.getConnection(url, server.ownerUser(), server.ownerPassword());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
