package dev.valet.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.local.host.JavaCommand;
import dev.valet.local.host.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An {@code up} in a JVM of its own, as the launcher starts it: with relative folders. */
final class RunningUp implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Process process;
  private final Path output;
  private final int port;

  private RunningUp(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  static RunningUp start(StandInApp app, Path appFolder, Path data, int port, String... more) {
    Path here = appFolder.getParent();
    List<String> program = new ArrayList<>();
    program.addAll(List.of("-cp", app.classPath(), LocalMain.class.getName(), "up"));
    program.addAll(
        List.of("--app", "" + here.relativize(appFolder), "--data", "" + here.relativize(data)));
    program.addAll(List.of("--port", Integer.toString(port), "--no-hatchet"));
    program.addAll(List.of(more));
    try {
      Path output = Files.createTempFile(here, "up-", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(
                  JavaCommand.of(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), program))
              .directory(here.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("AWS_PROFILE", "production"); // must not reach the children
      return new RunningUp(builder.start(), output, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RunningUp awaitReady() {
    return awaitOutput("Valet is ready");
  }

  RunningUp awaitOutput(String text) {
    Waiting.until(LIMIT, POLL, () -> output().contains(text) || !process.isAlive());
    assertThat(output()).contains(text);
    return this;
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end and returns its status. */
  int status() throws InterruptedException {
    assertThat(process.waitFor(LIMIT)).as(output()).isTrue();
    return process.exitValue();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("bash", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
  }

  /** All below it now, such as PostgreSQL with its own children. */
  List<ProcessHandle> descendants() {
    try (Stream<ProcessHandle> below = process.descendants()) {
      return below.toList();
    }
  }

  String get(String path) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean allGone(List<ProcessHandle> processes, Duration limit) {
    return Waiting.until(limit, POLL, () -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Override
  public void close() {
    List<ProcessHandle> below = descendants();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }
}
