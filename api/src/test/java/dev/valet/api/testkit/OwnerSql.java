package dev.valet.api.testkit;

import dev.valet.local.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.eclipse.microprofile.config.ConfigProvider;

/** Statements as the owner of the tables, for what the running API may not do. */
public final class OwnerSql {
  private OwnerSql() {}

  /** Runs one statement. */
  public static void execute(String sql) {
    String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
    PostgresServer server = PostgresServer.shared();
    try (Connection connection =
            DriverManager.getConnection(url, server.ownerUser(), server.ownerPassword());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs the work while the API cannot write to a table. */
  public static void whileNotWritable(String table, Runnable work) {
    execute("REVOKE INSERT ON " + table + " FROM valet_app");
    try {
      work.run();
    } finally {
      execute("GRANT INSERT ON " + table + " TO valet_app");
    }
  }
}
