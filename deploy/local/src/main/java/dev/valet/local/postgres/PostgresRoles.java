package dev.valet.local.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The two roles of Valet and the databases they meet in. The owner migrates; the runtime role may
 * connect and use the schema, and gets every further right table by table from the migrations.
 */
final class PostgresRoles {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private final PostgresAccess access;

  PostgresRoles(PostgresAccess access) {
    this.access = access;
  }

  /** Creates what is missing; safe to repeat at every start. */
  void ensure() throws SQLException {
    try (Connection connection = access.connectAsSuperuser("postgres")) {
      ensureRole(connection, PostgresAccess.OWNER, access.ownerPassword());
      ensureRole(connection, PostgresAccess.APP, access.appPassword());
    }
    ensureDatabase(PostgresAccess.DATABASE);
  }

  private static void ensureRole(Connection connection, String role, String password)
      throws SQLException {
    boolean there = exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role);
    String verb = there ? "ALTER" : "CREATE";
    run(
        connection,
        verb
            + " ROLE "
            + role
            + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '"
            + password.replace("'", "''")
            + "'");
  }

  /** Creates the database, owned by the owner role, unless it is there. */
  void ensureDatabase(String name) throws SQLException {
    requireName(name);
    try (Connection connection = access.connectAsSuperuser("postgres")) {
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
        run(connection, "CREATE DATABASE " + name + " OWNER " + PostgresAccess.OWNER);
      }
    }
    try (Connection connection = access.connectAsSuperuser(name)) {
      for (String statement : grants(name)) {
        run(connection, statement);
      }
    }
  }

  private static List<String> grants(String database) {
    return List.of(
        "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC",
        "GRANT CONNECT ON DATABASE " + database + " TO " + PostgresAccess.APP,
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO " + PostgresAccess.APP);
  }

  /** Drops the database, if it is there, and whoever is connected to it. */
  void dropDatabase(String name) throws SQLException {
    requireName(name);
    try (Connection connection = access.connectAsSuperuser("postgres")) {
      run(connection, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
  }

  /**
   * Creates the task engine's database and the role that owns it and nothing else. The engine
   * insists on UTC, and makes its tables and an extension by itself.
   */
  void ensureHatchet(String database) throws SQLException {
    requireName(database);
    try (Connection connection = access.connectAsSuperuser("postgres")) {
      ensureRole(connection, PostgresAccess.HATCHET, access.hatchetPassword());
      if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", database)) {
        run(connection, "CREATE DATABASE " + database + " OWNER " + PostgresAccess.HATCHET);
      }
      run(connection, "REVOKE ALL ON DATABASE " + database + " FROM PUBLIC");
      run(connection, "ALTER DATABASE " + database + " SET timezone = 'UTC'");
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A database name is up to 63 of a-z, 0-9 and _, a letter first; this is not: " + name);
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
