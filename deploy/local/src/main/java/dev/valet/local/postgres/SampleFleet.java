package dev.valet.local.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/**
 * A large fleet on paper, for tests and measurements of lists: rows as thousands of sandboxes would
 * have left them, in a migrated database. No instance belongs to them, and nothing is due or
 * probed.
 */
public final class SampleFleet {
  private static final List<String> ANALYZED =
      List.of("tenant", "template", "sandbox", "sandbox_status", "sandbox_health", "operation");

  private SampleFleet() {}

  /**
   * Adds it and lets the planner know, as autovacuum would after a while.
   *
   * @param owner a connection of the tables' owner
   * @param living how many are not terminated
   * @param ended how many are
   * @throws SQLException if it is there already, among others
   */
  public static void add(Connection owner, int living, int ended) throws SQLException {
    owner.setAutoCommit(false);
    try (Statement statement = owner.createStatement()) {
      statement.execute("SET LOCAL sample.living = " + living);
      statement.execute("SET LOCAL sample.ended = " + ended);
      statement.execute(script("sample-fleet.sql"));
      owner.commit();
      owner.setAutoCommit(true);
      for (String table : ANALYZED) {
        statement.execute("VACUUM ANALYZE " + table);
      }
    }
  }

  /**
   * Takes it away again.
   *
   * @param owner a connection of the tables' owner
   */
  public static void remove(Connection owner) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute(script("sample-fleet-removal.sql"));
    }
  }

  private static String script(String name) {
    try (InputStream in = SampleFleet.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
