package dev.valet.api.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.local.postgres.PostgresDatabase;
import dev.valet.local.postgres.PostgresServer;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTablesCheckTest {
  private static final String NAME = "valet_engine_tables";
  private static final String GOOSE = "CREATE TABLE goose_db_version (id int)";

  private final PostgresServer server = PostgresServer.shared();
  private PostgresDatabase database;

  @BeforeEach
  void create() {
    database = server.createDatabase(NAME);
  }

  @AfterEach
  void drop() {
    server.dropDatabase(NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE \"Worker\" (id int)",
        "CREATE TABLE \"Action\" (id int)",
        "CREATE TABLE v1_task (id int) PARTITION BY RANGE (id)"
      })
  void databaseOfAnEngineIsRefusedInOneLineBeforeAnythingIsWritten(String table)
      throws SQLException {
    run(GOOSE, table);

    assertThatThrownBy(this::start)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("Refusing to start: this database holds a Hatchet engine's tables")
        .hasMessageContaining("docs/runbooks/hatchet-database.md")
        .hasMessageNotContaining("\n");
    assertThat(tables()).isEqualTo(2);
  }

  @Test
  void engineThatMovedIntoValetsDatabaseLaterIsSeenToo() throws SQLException {
    start().migrate();
    run(GOOSE, "CREATE TABLE \"Worker\" (id int)");

    assertThatThrownBy(this::start).isInstanceOf(ConfigurationException.class);
  }

  @Test
  void othersThatMigrateWithTheSameToolAreNoEngine() throws SQLException {
    run(GOOSE);

    assertThatCode(this::start).doesNotThrowAnyException();
  }

  @Test
  void ownTablesAreNoEngine() {
    start().migrate();

    assertThatCode(this::start).doesNotThrowAnyException();
  }

  /** What Quarkus does at every start. */
  private Flyway start() {
    FluentConfiguration flyway =
        Flyway.configure()
            .dataSource(database.jdbcUrl(), server.ownerUser(), server.ownerPassword());
    new EngineTablesCheck().customize(flyway);
    return flyway.load();
  }

  private int tables() throws SQLException {
    try (Connection owner = owner();
        var rows =
            owner
                .createStatement()
                .executeQuery(
                    "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p')"
                        + " AND relnamespace = 'public'::regnamespace")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void run(String... statements) throws SQLException {
    try (Connection owner = owner()) {
      for (String statement : List.of(statements)) {
        owner.createStatement().execute(statement);
      }
    }
  }

  private Connection owner() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), server.ownerUser(), server.ownerPassword());
  }
}
