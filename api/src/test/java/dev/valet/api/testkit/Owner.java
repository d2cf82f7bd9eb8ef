package dev.valet.api.testkit;

import dev.valet.local.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.eclipse.microprofile.config.ConfigProvider;

/** The owner of the tables, who may do what the running API may not. */
public final class Owner {
  private Owner() {}

  /** Runs something while the application may not insert into a table. */
  public static void withoutInsertOn(String table, Runnable attempt) {
    run("REVOKE INSERT ON " + table + " FROM valet_app");
    try {
      attempt.run();
    } finally {
      run("GRANT INSERT ON " + table + " TO valet_app");
    }
  }

  /** Runs a statement. */
  public static void run(String sql) {
    PostgresServer server = PostgresServer.shared();
    String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
    try (Connection connection =
            DriverManager.getConnection(url, server.ownerUser(), server.ownerPassword());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
