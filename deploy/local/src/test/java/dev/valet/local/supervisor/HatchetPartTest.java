package dev.valet.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.hatchet.GoProgram;
import dev.valet.local.hatchet.GoToolchain;
import dev.valet.local.hatchet.HatchetEngine;
import dev.valet.local.hatchet.HatchetEngine.Handshake;
import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.LogFile;
import dev.valet.local.host.Waiting;
import dev.valet.local.postgres.PostgresServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real engine on a real PostgreSQL. */
class HatchetPartTest {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);
  @TempDir Path folder;

  @Test
  void theEngineRunsOnItsOwnDatabaseAndItsTokenOutlivesARestart() throws Exception {
    GoToolchain go = requireGo();
    Path executable = GoProgram.engine().build(go, System.out::println);
    PostgresServer postgres = PostgresServer.shared();
    String url = postgres.createHatchetDatabase("hatchet_part_test");
    HatchetEngine engine = HatchetEngine.open(folder.resolve("hatchet"));

    Handshake first = run(engine, executable, url);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(engine.tokenFile())))
        .isEqualTo("rw-------");
    assertThat(connections(postgres)).as("connections to PostgreSQL").isLessThan(40);
    stop();

    Handshake second = run(engine, executable, url);
    assertThat(second.grpcAddress()).isEqualTo(first.grpcAddress());
    assertThat(second.token()).isNotEqualTo(first.token());
    assertThat(workersStatus(second, first.token())).as("the first run's token").isEqualTo(200);
    stop();
  }

  private Process process;

  private Handshake run(HatchetEngine engine, Path executable, String url) {
    ProcessBuilder builder = engine.command(executable);
    builder.environment().putAll(HatchetEngine.environment(url));
    LogFile log = new LogFile(folder.resolve("engine.log")).prepare();
    process =
        ChildProcesses.start(builder.redirectErrorStream(true).redirectOutput(log.redirect()));
    Waiting.until(START, POLL, () -> engine.isReady() || !process.isAlive());
    assertThat(engine.isReady()).as(String.join("\n", log.tail(20))).isTrue();
    return engine.handshake().orElseThrow();
  }

  private void stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(Duration.ofSeconds(20))).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static int connections(PostgresServer postgres) throws Exception {
    try (var connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.ownerUser(), postgres.ownerPassword());
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = 'hatchet_part_test'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static int workersStatus(Handshake engine, String token) throws Exception {
    URI uri = URI.create(engine.apiUrl() + "/api/v1/tenants/" + engine.tenantId() + "/worker");
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  static GoToolchain requireGo() throws Exception {
    Optional<GoToolchain> go = GoToolchain.find();
    if (go.isEmpty()) {
      String line = "Hatchet engine (deploy/local): Go 1.26 or newer is not installed\n";
      Path notRun = Files.createDirectories(Path.of("target/not-run")).resolve("hatchet.txt");
      Files.writeString(notRun, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Assumptions.abort(line);
    }
    return go.orElseThrow();
  }
}
