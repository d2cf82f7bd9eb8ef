package dev.valet.agent.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The packaged agent as a process of its own, in a folder of its own. */
public final class AgentProcess implements AutoCloseable {
  /** Where the build puts it. */
  public static final Path APP = Path.of("target/quarkus-app").toAbsolutePath();

  private static final List<String> FLAGS =
      List.of(System.getProperty("agent.jvm.flags", "-Xmx64m").split(" ", -1));

  /** The native executable, where there is one to test instead. */
  private static final @Nullable String NATIVE = System.getProperty("agent.native");

  private final Process process;
  private final Path folder;
  private final long startedNanos;
  private final HttpClient client = HttpClient.newHttpClient();

  private AgentProcess(Process process, Path folder, long startedNanos) {
    this.process = process;
    this.folder = folder;
    this.startedNanos = startedNanos;
  }

  /**
   * Starts it with this environment and no other variable.
   *
   * @param folder working directory; its output goes there, too
   */
  public static AgentProcess start(
      Path folder, Map<String, String> environment, String... moreFlags) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(moreFlags))
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.log").toFile())
            .redirectError(folder.resolve("err.log").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    long now = System.nanoTime();
    return new AgentProcess(builder.start(), folder, now);
  }

  private static List<String> command(String... moreFlags) {
    if (NATIVE != null) {
      return List.of(NATIVE);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of(moreFlags));
    command.addAll(List.of("-jar", APP.resolve("quarkus-run.jar").toString()));
    return command;
  }

  /** Sends SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Milliseconds since the start. */
  public long ageMillis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
  }

  /** Standard output so far. */
  public String out() throws IOException {
    return Files.readString(folder.resolve("out.log"));
  }

  /** Standard error so far. */
  public String err() throws IOException {
    return Files.readString(folder.resolve("err.log"));
  }

  /** One answer; empty while nothing answers. */
  public Optional<HttpResponse<String>> get(String uri) throws InterruptedException {
    try {
      return Optional.of(
          client.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The answer to a request with a token. */
  public HttpResponse<String> post(String base, String path, String body, String token)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(base + path))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** The first answer with this status; fails if the process ends or 30 s pass before. */
  public HttpResponse<String> await(String uri, int status) throws Exception {
    while (ageMillis() < 30_000 && process.isAlive()) {
      Optional<HttpResponse<String>> answer = get(uri);
      if (answer.isPresent() && answer.get().statusCode() == status) {
        return answer.get();
      }
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError(uri + " never answered " + status + ": " + out() + err());
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end; fails if it does not come in time. */
  public int awaitExit(long seconds) throws Exception {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + out() + err());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
