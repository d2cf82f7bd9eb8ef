package dev.valet.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The one-machine distribution as {@code ./valet up} starts it, on a data folder and ports of its
 * own, from what this build packaged.
 */
final class RunningValet implements AutoCloseable {
  private static final Path ROOT = Path.of(System.getProperty("valet.root"));
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Path data;
  private final int port;
  private final int agentPort;
  private final boolean taskEngine;
  private Process process;

  private RunningValet(Path data, int port, int agentPort, boolean taskEngine) {
    this.data = data;
    this.port = port;
    this.agentPort = agentPort;
    this.taskEngine = taskEngine;
  }

  /** Starts on a fresh data folder and waits until it says that it is ready. */
  static RunningValet start(Path data, int port, int agentPort) {
    return start(new RunningValet(data, port, agentPort, false));
  }

  /** The same with a task engine, where there can be one. */
  static RunningValet startWithTaskEngine(Path data, int port, int agentPort) {
    return start(new RunningValet(data, port, agentPort, true));
  }

  private static RunningValet start(RunningValet valet) {
    valet.install();
    valet.up();
    return valet;
  }

  /** A port that nobody listens on now. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Base URL of the API. */
  String url() {
    return "http://localhost:" + port;
  }

  Path data() {
    return data;
  }

  /** Starts it, again or for the first time; waits for the ready line. */
  void up() {
    Path output = data.resolve("up.log");
    try {
      Files.deleteIfExists(output);
      List<String> command = new ArrayList<>(java("dev.valet.local.supervisor.LocalMain"));
      command.addAll(
          List.of(
              "up",
              "--app",
              data.resolve("app").toString(),
              "--data",
              data.toString(),
              "--port",
              Integer.toString(port),
              "--agent-port",
              Integer.toString(agentPort)));
      if (!taskEngine) {
        command.add("--no-hatchet");
      }
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("VALET_TASK_ENGINE_PERIOD", "2S"); // tests wait for its figures
      process = builder.start();
      waitForReadyLine(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ctrl-C; fails if it takes longer than it may. */
  Duration stop() {
    long before = System.nanoTime();
    process.destroy();
    if (!exited(STOP)) {
      throw new AssertionError("still running " + STOP.toSeconds() + " s after SIGTERM");
    }
    return Duration.ofNanos(System.nanoTime() - before);
  }

  /** {@code kill -9} of the supervisor; its children must die with it. */
  void kill() {
    process.destroyForcibly();
    exited(STOP);
  }

  /** Runs one of the installation's small commands; yields what it printed. */
  String command(String main, String... arguments) {
    try {
      List<String> command = new ArrayList<>(java(main));
      command.addAll(List.of("--data", data.toString()));
      command.addAll(List.of(arguments));
      Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
      String printed = new String(run.getInputStream().readAllBytes()).strip();
      int status = run.waitFor();
      if (status != 0) {
        throw new AssertionError(main + " ended with " + status + ": " + printed);
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A bearer token of one of the ready users. */
  String token(String role) {
    return command("dev.valet.local.identity.TokenCommand", "--as", role);
  }

  /** How many machines have a volume, which is how many there are. */
  long machines() {
    try (Stream<Path> volumes = Files.list(data.resolve("ec2/volumes"))) {
      return volumes.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The most instances that a sandbox had at one time, by the local EC2's journal since its start;
   * one counts until it is terminated.
   */
  long mostLiveInstancesOf(String sandboxId) {
    try {
      return Journal.read(data.resolve("ec2/journal.jsonl")).mostLiveOf(sandboxId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a call of that kind is being held. */
  void awaitHeld(String what, Duration limit) {
    long until = System.nanoTime() + limit.toNanos();
    String held = "";
    while (System.nanoTime() < until) {
      held = command("dev.valet.local.ec2.ChaosCommand", "held");
      if (held.contains(what)) {
        return;
      }
    }
    throw new AssertionError("nothing was held: " + held);
  }

  /** {@code kill -9} of one of the parts; the supervisor starts it again. */
  void killPart(String part) {
    ProcessHandle.of(pid(part)).orElseThrow().destroyForcibly();
  }

  /** Sends a part a signal, such as STOP. */
  void signalPart(String part, String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid(part))).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private long pid(String part) {
    try {
      return Long.parseLong(
          Files.readString(data.resolve("run").resolve(part + ".pid")).split("\\s+")[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has printed since its last start. */
  String printed() {
    try {
      return Files.readString(data.resolve("up.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void chaos(String... arguments) {
    command("dev.valet.local.ec2.ChaosCommand", arguments);
  }

  /** The newest lines of a part's log, for messages of failing tests. */
  String log(String part) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("logs").resolve(part + ".log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return "(no log of " + part + ")";
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroy();
      if (!exited(STOP)) {
        process.destroyForcibly();
      }
    }
  }

  private boolean exited(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void waitForReadyLine(Path output) throws IOException {
    long until = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < until) {
      String printed = Files.readString(output);
      if (printed.contains("Valet is ready")) {
        return;
      }
      if (exited(Duration.ofMillis(100))) {
        throw new AssertionError("it ended while starting:\n" + printed);
      }
    }
    throw new AssertionError(
        "not ready after " + START.toSeconds() + " s:\n" + Files.readString(output) + log("api"));
  }

  private List<String> java(String main) {
    Path local = data.resolve("app/local");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx96m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        local.resolve("valet-local.jar") + ":" + local.resolve("lib") + "/*",
        main);
  }

  /**
   * What the launcher does for a data folder; file times are kept, as the AOT cache checks them.
   */
  private void install() {
    Path app = data.resolve("app");
    copy(ROOT.resolve("api/target/quarkus-app"), app.resolve("api"));
    copy(ROOT.resolve("worker-agent/target/quarkus-app"), app.resolve("worker-agent"));
    copy(ROOT.resolve("deploy/local/target/lib"), app.resolve("local/lib"));
    copy(ROOT.resolve("deploy/local/identity/target/lib"), app.resolve("identity/lib"));
    copy(ROOT.resolve("deploy/local/src/main/seed"), app.resolve("seed"));
    try (Stream<Path> jars = Files.list(ROOT.resolve("deploy/local/target"))) {
      Path jar =
          jars.filter(path -> path.getFileName().toString().matches("valet-local-.*\\.jar"))
              .findFirst()
              .orElseThrow();
      Files.copy(jar, app.resolve("local/valet-local.jar"), StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes ignored)
                throws IOException {
              Files.createDirectories(to.resolve(from.relativize(folder)));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes ignored)
                throws IOException {
              Files.copy(
                  file,
                  to.resolve(from.relativize(file)),
                  StandardCopyOption.COPY_ATTRIBUTES,
                  StandardCopyOption.REPLACE_EXISTING);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
