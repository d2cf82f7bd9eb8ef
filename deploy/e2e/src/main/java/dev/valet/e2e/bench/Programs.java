package dev.valet.e2e.bench;

import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.JavaCommand;
import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.Waiting;
import dev.valet.local.postgres.PostgresServer;
import dev.valet.local.supervisor.ApiAlone;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The two programs that are compared, started alike. They end with this one. */
final class Programs {
  /** What {@code ./valet up} gives the API. */
  private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Path root;
  private final Path folder;

  /**
   * @param root the checkout
   * @param folder for logs and settings, private
   */
  Programs(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /** A program that listens on a port of the loopback interface. */
  record Running(int port, Process process) {}

  /**
   * Starts the API as it ships, without loops, and returns when it listens.
   *
   * @param more flags of the JVM, beside those that {@code ./valet up} gives it
   */
  Running startApi(PostgresServer postgres, Token token, String... more) {
    int port = LoopbackPorts.free();
    List<String> flags = new ArrayList<>(FLAGS);
    flags.addAll(List.of(more));
    ProcessBuilder builder =
        new ProcessBuilder(JavaCommand.of(flags, List.of("-jar", "quarkus-run.jar")))
            .directory(api().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_"));
    builder.environment().putAll(settings(port, postgres, token));
    return new Running(port, start("api", builder, port));
  }

  /** The folder of the API as it ships. */
  Path api() {
    return root.resolve("api/target/quarkus-app");
  }

  /** Starts the floor and returns when it listens. */
  Running startFloor(int port) {
    List<String> program =
        List.of("-cp", JavaCommand.classPath(), Floor.class.getName(), folder.toString());
    return new Running(
        port, start("floor", new ProcessBuilder(JavaCommand.of(FLAGS, program)), port));
  }

  private Process start(String name, ProcessBuilder builder, int port) {
    Path log = folder.resolve(name + ".log");
    Process process =
        ChildProcesses.start(builder.redirectErrorStream(true).redirectOutput(log.toFile()));
    Waiting.until(START_LIMIT, POLL, () -> listens(port) || !process.isAlive());
    if (!listens(port)) {
      throw new IllegalStateException("%s does not start:%n%s".formatted(name, read(log)));
    }
    return process;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 100);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Map<String, String> settings(int port, PostgresServer postgres, Token token) {
    return ApiAlone.environment(
        PrivateFiles.folder(folder.resolve("data")),
        port,
        postgres,
        root.resolve("deploy/local/src/main/seed/templates.json"),
        Token.ISSUER,
        token.publicKey());
  }
}
