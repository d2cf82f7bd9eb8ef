package dev.valet.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.valet.local.host.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
  @TempDir Path folder;
  private PostgresServer running;

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
  }

  @Test
  void dataPortAndPasswordsOutliveARestart() throws SQLException {
    start();
    asOwner("CREATE TABLE kept (word text)");
    asOwner("INSERT INTO kept VALUES ('still here')");
    int port = running.port();
    String password = running.appPassword();
    running.close();

    start();

    assertThat(running.port()).isEqualTo(port);
    assertThat(running.appPassword()).isEqualTo(password);
    assertThat(ask(running.ownerUser(), running.ownerPassword(), "SELECT word FROM kept"))
        .isEqualTo("still here");
  }

  @Test
  void startsAgainAfterTheServerWasKilled() throws Exception {
    start();
    asOwner("CREATE TABLE kept (word text)");
    asOwner("INSERT INTO kept VALUES ('safe')");
    running.process().destroyForcibly();
    running.process().onExit().get();

    start();

    assertThat(ask(running.ownerUser(), running.ownerPassword(), "SELECT word FROM kept"))
        .isEqualTo("safe");
  }

  @Test
  void aServerThatAnEarlierRunLeftIsStoppedFirst() {
    start();
    ProcessHandle left = running.process();

    PostgresServer next = fresh();

    running = next;
    assertThat(left.isAlive()).isFalse();
    assertThat(next.process().isAlive()).isTrue();
  }

  @Test
  void anotherProcessWithTheNumberInThePidFileIsLeftAlone() throws IOException {
    start();
    running.close();
    long stranger = ProcessHandle.current().pid();
    Files.writeString(folder.resolve("pgdata-18/postmaster.pid"), stranger + "\n");

    start();

    assertThat(ProcessHandle.current().isAlive()).isTrue();
    assertThat(running.process().isAlive()).isTrue();
  }

  @Test
  void aPortThatWasTakenMeanwhileIsReplaced() throws Exception {
    start();
    int port = running.port();
    running.close();

    try (var thief = new java.net.ServerSocket()) {
      thief.bind(new java.net.InetSocketAddress("127.0.0.1", port));
      start();
      assertThat(running.port()).isNotEqualTo(port);
    }
  }

  @Test
  void theRuntimeRoleMayUseOnlyWhatItWasGranted() throws SQLException {
    start();
    asOwner("CREATE TABLE closed (x int)");
    asOwner("CREATE TABLE open (x int)");
    asOwner("GRANT INSERT, SELECT ON open TO valet_app");

    asApp("INSERT INTO open VALUES (1)");

    assertThatThrownBy(() -> asApp("SELECT * FROM closed")).hasMessageContaining("permission");
    assertThatThrownBy(() -> asApp("DELETE FROM open")).hasMessageContaining("permission");
    assertThatThrownBy(() -> asApp("CREATE TABLE own (x int)")).hasMessageContaining("permission");
    assertThatThrownBy(() -> asApp("CREATE TEMP TABLE own (x int)"))
        .hasMessageContaining("permission");
    assertThatThrownBy(() -> asApp("DROP TABLE open")).hasMessageContaining("owner");
    assertThatThrownBy(() -> asApp("CREATE DATABASE own")).hasMessageContaining("permission");
    assertThatThrownBy(() -> asApp("SET ROLE valet_owner")).hasMessageContaining("permission");
  }

  @Test
  void theOwnerIsNoSuperuserButMayInstallTrustedExtensions() throws SQLException {
    start();
    asOwner("CREATE EXTENSION pg_trgm");

    assertThatThrownBy(() -> asOwner("CREATE ROLE another")).hasMessageContaining("permission");
  }

  @Test
  void aWrongPasswordIsRefused() {
    start();
    assertThatThrownBy(() -> ask(running.appUser(), "guess", "SELECT 1"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void databasesAreIsolatedAndHaveTheSameRights() throws SQLException {
    start();
    PostgresDatabase own = running.createDatabase("test_one");
    asOwner("CREATE TABLE here (x int)");

    try (Connection c =
            DriverManager.getConnection(
                own.jdbcUrl(), running.ownerUser(), running.ownerPassword());
        var statement = c.createStatement()) {
      assertThatThrownBy(() -> statement.execute("SELECT * FROM here"))
          .hasMessageContaining("does not exist");
    }
    running.dropDatabase("test_one");
    assertThatThrownBy(() -> DriverManager.getConnection(own.jdbcUrl(), "valet_app", "x"))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> running.createDatabase("x; DROP TABLE y"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void secretsAreForTheOwnerOnly() throws IOException {
    start();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("postgres.properties"))))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("pgdata-18.password")).doesNotExist();
  }

  @Test
  void aTemporaryServerLeavesNothingBehind() {
    PostgresServer temporary = PostgresServer.startTemporary();
    ProcessHandle process = temporary.process();
    temporary.close();

    assertThat(
            Waiting.until(Duration.ofSeconds(5), Duration.ofMillis(20), () -> !process.isAlive()))
        .isTrue();
  }

  @Test
  void theSharedServerIsOneForTheWholeJvm() {
    PostgresServer first = PostgresServer.shared();
    first.close();

    assertThat(PostgresServer.shared().port()).isEqualTo(first.port());
    assertThat(first.createDatabase("shared_one").reactiveUrl())
        .isEqualTo("postgresql://127.0.0.1:" + first.port() + "/shared_one");
  }

  private void start() {
    running = fresh();
  }

  /** Does not wait for the disk, which a killed process survives as well. */
  private PostgresServer fresh() {
    return PostgresServer.start(folder, false, () -> {});
  }

  private void asOwner(String sql) throws SQLException {
    ask(running.ownerUser(), running.ownerPassword(), sql);
  }

  private void asApp(String sql) throws SQLException {
    ask(running.appUser(), running.appPassword(), sql);
  }

  private String ask(String user, String password, String sql) throws SQLException {
    try (Connection c = DriverManager.getConnection(running.jdbcUrl(), user, password);
        var statement = c.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      var rows = statement.getResultSet();
      return rows.next() ? rows.getString(1) : "";
    }
  }
}
