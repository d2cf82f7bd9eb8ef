package dev.valet.api.platform.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Looks for a Hatchet engine's tables, in any schema, by JDBC: it is asked before Flyway. */
final class EngineTables {
  /** Its migrations' own table alone proves nothing: other programs use the same tool. */
  private static final String FIND =
      """
      SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relname IN ('Worker', 'Action', 'WorkflowVersion', 'v1_task', 'v1_queue', 'v1_dag')
        AND EXISTS (SELECT FROM pg_class g
          WHERE g.relnamespace = c.relnamespace AND g.relname = 'goose_db_version')
      ORDER BY 1
      """;

  private EngineTables() {}

  /** Their names; empty if there are none. */
  static List<String> of(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(FIND)) {
      List<String> tables = new ArrayList<>();
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
      return tables;
    }
  }
}
