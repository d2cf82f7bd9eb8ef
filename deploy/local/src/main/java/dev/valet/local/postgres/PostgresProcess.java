package dev.valet.local.postgres;

import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.Commands;
import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.StartException;
import dev.valet.local.host.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Starts the server of a data folder, waits until it answers, and stops it. */
final class PostgresProcess {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int ATTEMPTS = 5;

  private final PostgresCluster cluster;

  PostgresProcess(PostgresCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Starts it and returns when it accepts connections. After a {@code kill -9} the backends of the
   * old server may hold its memory for a moment, so a start that fails is tried again.
   */
  Process start(PostgresAccess access) {
    for (int attempt = 1; ; attempt++) {
      Process process = launch(access);
      Waiting.until(START_LIMIT, POLL, () -> accepts(access) || !process.isAlive());
      if (process.isAlive() && accepts(access)) {
        return process;
      }
      process.destroyForcibly();
      if (attempt == ATTEMPTS) {
        throw new StartException(
            "PostgreSQL does not start: "
                + String.join(" ", cluster.log().tail(1))
                + " (see "
                + cluster.log().path()
                + ")");
      }
      Waiting.until(Duration.ofMillis(300L * attempt), POLL, () -> false);
    }
  }

  private Process launch(PostgresAccess access) {
    ProcessBuilder builder =
        new ProcessBuilder(cluster.serverCommand(access.port()))
            .directory(cluster.programs().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(cluster.log().prepare().redirect());
    return ChildProcesses.fork(builder);
  }

  private static boolean accepts(PostgresAccess access) {
    if (LoopbackPorts.isFree("127.0.0.1", access.port())) {
      return false; // cheaper to ask than the driver
    }
    try (Connection connection = access.connectAsSuperuser("postgres")) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Stops a server that an earlier run left on this data folder, if one lives. */
  void stopLeftover() {
    Path pidFile = cluster.data().resolve("postmaster.pid");
    try {
      if (Files.exists(pidFile) && isOurs(pidOf(pidFile))) {
        stop();
      }
    } catch (IOException | NumberFormatException e) {
      // Gone, or cut short by a crash: the server itself replaces such a file.
    }
  }

  private static long pidOf(Path pidFile) throws IOException {
    List<String> lines = Files.readAllLines(pidFile);
    return lines.isEmpty() ? -1 : Long.parseLong(lines.getFirst().strip());
  }

  /** The process id may belong to another program by now; ours names this data folder. */
  private boolean isOurs(long pid) {
    try {
      String commandLine = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
      List<String> words = List.of(commandLine.split("\0"));
      return words.getFirst().endsWith("postgres") && words.contains(cluster.data().toString());
    } catch (IOException e) {
      return false;
    }
  }

  /** Stops the server of this data folder: fast, and if that takes over three seconds, at once. */
  void stop() {
    if (!pgCtl("fast") && !pgCtl("immediate")) {
      throw new StartException("Cannot stop the PostgreSQL of " + cluster.data());
    }
  }

  private boolean pgCtl(String mode) {
    List<String> arguments =
        List.of(
            "stop",
            "-D",
            cluster.data().toString(),
            "-m",
            mode,
            "-w",
            "-t",
            Long.toString(STOP_LIMIT.toSeconds()));
    return Commands.run(
            cluster.user().command(cluster.program("pg_ctl"), arguments), STOP_LIMIT.plusSeconds(5))
        .ok();
  }
}
