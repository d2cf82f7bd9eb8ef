package dev.valet.e2e.bench;

import dev.valet.local.ec2.machine.AgentCommand;
import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.LoopbackPorts;
import dev.valet.local.host.PrivateFiles;
import dev.valet.local.host.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An agent as it ships, in a folder of its own, with an API that is made up. */
final class AgentUnderTest implements AutoCloseable {
  static final String TASK = "valet-check";
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(2);

  private final Process process;
  private final long startedNanos;
  private final String base;
  private final HttpClient http = HttpClient.newHttpClient();

  private AgentUnderTest(Process process, long startedNanos, String base) {
    this.process = process;
    this.startedNanos = startedNanos;
    this.base = base;
  }

  /**
   * Starts it.
   *
   * @param app the agent's build, a folder or an executable
   * @param home where it keeps its state; a new one
   */
  static AgentUnderTest start(Path app, Path home, MadeUpApi api) {
    int port = LoopbackPorts.free();
    PrivateFiles.folder(home);
    ProcessBuilder builder =
        new ProcessBuilder(AgentCommand.of(app).words())
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("agent.log").toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                System.getenv("PATH"),
                "VALET_API_URL",
                api.url(),
                "VALET_SANDBOX_ID",
                MadeUpApi.SANDBOX,
                "VALET_BOOTSTRAP_TOKEN",
                "bootstrap-token-of-the-bench",
                "HEALTH_HOST",
                "127.0.0.1",
                "HEALTH_PORT",
                Integer.toString(port),
                "AWS_EC2_METADATA_SERVICE_ENDPOINT",
                api.url() + "/imds"));
    long now = System.nanoTime();
    return new AgentUnderTest(ChildProcesses.start(builder), now, "http://127.0.0.1:" + port);
  }

  Process process() {
    return process;
  }

  /** Waits until {@code /health} contains a text; the time since the start. */
  Duration awaitHealth(String text) {
    if (!Waiting.until(START, POLL, () -> get("/health").contains(text))) {
      throw new IllegalStateException("the agent never says " + text + ": " + get("/health"));
    }
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }

  AgentUnderTest connected() {
    awaitHealth("\"state\":\"connected\"");
    return this;
  }

  /** A number of {@code /metrics}; 0 if there is no such line. */
  double metric(String line) {
    return get("/metrics")
        .lines()
        .filter(text -> text.startsWith(line + " "))
        .mapToDouble(text -> Double.parseDouble(text.substring(line.length() + 1)))
        .sum();
  }

  private String get(String path) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return ""; // not up yet
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Asks it to end, and waits. */
  @Override
  public void close() {
    process.destroy();
    Waiting.until(Duration.ofSeconds(30), Duration.ofMillis(20), () -> !process.isAlive());
    process.destroyForcibly();
  }
}
