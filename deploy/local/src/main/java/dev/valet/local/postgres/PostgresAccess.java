package dev.valet.local.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** How to reach a server on this machine: its port and the passwords of its roles. */
record PostgresAccess(
    int port,
    String superPassword,
    String ownerPassword,
    String appPassword,
    String hatchetPassword) {
  static final String SUPERUSER = "postgres";
  static final String OWNER = "valet_owner";
  static final String APP = "valet_app";
  static final String DATABASE = "valet";

  /** The task engine's own role. */
  static final String HATCHET = "hatchet";

  String jdbcUrl(String database) {
    return "jdbc:" + reactiveUrl(database);
  }

  String reactiveUrl(String database) {
    return "postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** A connection of the superuser; the caller closes it. */
  Connection connectAsSuperuser(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", superPassword);
    properties.setProperty("connectTimeout", "5"); // seconds
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("ApplicationName", "valet-local");
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  @Override
  public String toString() {
    return "PostgresAccess[port=" + port + "]"; // never the passwords
  }
}
