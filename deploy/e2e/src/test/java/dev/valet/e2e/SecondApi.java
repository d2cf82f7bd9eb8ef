package dev.valet.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Another replica: the same program with the same settings as the one that the supervisor keeps, on
 * a port of its own.
 */
final class SecondApi implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path log;

  private SecondApi(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts it beside the first one, which must be running. */
  static SecondApi beside(RunningValet valet, int port) {
    return beside(valet, port, Map.of());
  }

  /** The same with other settings, as environment variables. */
  static SecondApi beside(RunningValet valet, int port, Map<String, String> other) {
    try {
      long first =
          Long.parseLong(Files.readString(valet.data().resolve("run/api.pid")).split("\\s+")[0]);
      Path facts = Path.of("/proc", Long.toString(first));
      Path log = valet.data().resolve("logs/api-" + port + ".log");
      ProcessBuilder builder =
          new ProcessBuilder(strings(facts.resolve("cmdline")))
              .directory(facts.resolve("cwd").toRealPath().toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment(facts));
      builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
      builder.environment().putAll(other);
      return new SecondApi(builder.start(), port, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://localhost:" + port;
  }

  /** What it has printed, once it has ended by itself; fails if it does not. */
  String awaitEnd(Duration limit) {
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it still runs");
      }
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code kill -9}; nobody starts it again. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private static Map<String, String> environment(Path facts) throws IOException {
    return strings(facts.resolve("environ")).stream()
        .map(entry -> entry.split("=", 2))
        .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
  }

  private static List<String> strings(Path file) throws IOException {
    return Arrays.asList(Files.readString(file).split("\0"));
  }
}
