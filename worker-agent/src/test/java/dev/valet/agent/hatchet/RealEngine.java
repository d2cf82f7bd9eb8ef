package dev.valet.agent.hatchet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.local.hatchet.GoProgram;
import dev.valet.local.hatchet.GoToolchain;
import dev.valet.local.hatchet.HatchetEngine;
import dev.valet.local.hatchet.HatchetEngine.Handshake;
import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.LogFile;
import dev.valet.local.host.Waiting;
import dev.valet.local.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;

/** A real engine for this JVM's tests, asked by its own REST API as a person would. */
final class RealEngine {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final JsonMapper JSON = new JsonMapper();
  private static RealEngine shared;

  private final Path executable;
  private final String databaseUrl;
  private final HatchetEngine engine;
  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Process process;

  private RealEngine(Path executable, String databaseUrl, Path folder) {
    this.executable = executable;
    this.databaseUrl = databaseUrl;
    this.folder = folder;
    this.engine = HatchetEngine.open(folder.resolve("hatchet"));
  }

  /** Skips the caller, and says so, where no engine can be built. */
  static synchronized RealEngine shared() throws IOException {
    if (shared == null) {
      Optional<GoToolchain> go = GoToolchain.find();
      if (go.isEmpty() && !GoProgram.engine().isBuilt()) {
        notRun("Hatchet engine (worker-agent): Go 1.26 or newer is not installed");
      }
      Path executable =
          GoProgram.engine().build(go.orElse(new GoToolchain("go")), System.out::println);
      String url = PostgresServer.shared().createHatchetDatabase("hatchet_worker_test");
      shared = new RealEngine(executable, url, Files.createTempDirectory("valet-hatchet-"));
      shared.start();
    }
    return shared;
  }

  private static void notRun(String line) throws IOException {
    Path file = Files.createDirectories(Path.of("target/not-run")).resolve("hatchet.txt");
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Assumptions.abort(line);
  }

  void start() {
    ProcessBuilder builder = engine.command(executable);
    builder.environment().putAll(HatchetEngine.environment(databaseUrl));
    LogFile log = new LogFile(folder.resolve("engine.log")).prepare();
    process =
        ChildProcesses.start(builder.redirectErrorStream(true).redirectOutput(log.redirect()));
    Waiting.until(START, POLL, () -> engine.isReady() || !process.isAlive());
    assertThat(engine.isReady()).as(String.join("\n", log.tail(20))).isTrue();
  }

  /** SIGTERM, and waits. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(Duration.ofSeconds(20))) {
      process.destroyForcibly().waitFor();
    }
  }

  void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  Handshake handshake() {
    return engine.handshake().orElseThrow();
  }

  int grpcPort() {
    return engine.grpcPort();
  }

  /** Starts a run of a workflow; its id. */
  String trigger(String workflow, String input) {
    String body = "{\"workflowName\":\"" + workflow + "\",\"input\":" + input + "}";
    JsonNode answer =
        ask("POST", "/api/v1/stable/tenants/" + tenant() + "/workflow-runs/trigger", body);
    return answer.path("run").path("metadata").path("id").asText();
  }

  void cancel(String run) {
    ask(
        "POST",
        "/api/v1/stable/tenants/" + tenant() + "/tasks/cancel",
        "{\"externalIds\":[\"" + run + "\"]}");
  }

  /** The run's single task, once it is over. */
  JsonNode awaitEnd(String run, Duration limit) {
    return await(
        run,
        limit,
        task -> {
          String status = task.path("status").asText();
          return status.equals("COMPLETED")
              || status.equals("FAILED")
              || status.equals("CANCELLED");
        });
  }

  /** The run's single task, once it is as wanted. */
  JsonNode await(String run, Duration limit, Predicate<JsonNode> wanted) {
    JsonNode[] last = {task(run)};
    Waiting.until(
        limit,
        Duration.ofMillis(100),
        () -> {
          last[0] = task(run);
          return wanted.test(last[0]);
        });
    assertThat(wanted.test(last[0])).as("run %s: %s", run, last[0]).isTrue();
    return last[0];
  }

  JsonNode task(String run) {
    return ask("GET", "/api/v1/stable/workflow-runs/" + run, null).path("tasks").path(0);
  }

  JsonNode logs(String task) {
    return ask("GET", "/api/v1/stable/tasks/" + task + "/logs", null).path("rows");
  }

  /** What happened to a task; without a limit the engine takes 0 for one. */
  private JsonNode events(String task) {
    return ask("GET", "/api/v1/stable/tasks/" + task + "/task-events?limit=100", null).path("rows");
  }

  /** Types of what happened to a task, once these are among them. */
  void awaitEvents(String task, String... types) {
    Waiting.until(
        Duration.ofSeconds(20),
        Duration.ofMillis(100),
        () -> eventTypes(task).containsAll(List.of(types)));
    assertThat(eventTypes(task)).contains(types);
  }

  private List<String> eventTypes(String task) {
    List<String> types = new ArrayList<>();
    events(task).forEach(event -> types.add(event.path("eventType").asText()));
    return types;
  }

  /** The labels of a worker by their keys. */
  Map<String, String> labels(String worker) {
    Map<String, String> labels = new HashMap<>();
    worker(worker)
        .path("labels")
        .forEach(label -> labels.put(label.path("key").asText(), label.path("value").asText()));
    return labels;
  }

  JsonNode worker(String id) {
    return ask("GET", "/api/v1/workers/" + id, null);
  }

  private String tenant() {
    return handshake().tenantId();
  }

  private JsonNode ask(String method, String path, String body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(handshake().apiUrl() + path))
              .header("Authorization", "Bearer " + handshake().token())
              .header("Content-Type", "application/json")
              .method(
                  method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
      return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    } catch (IOException e) {
      return JSON.nullNode(); // it is down, as some tests want it
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For faults that only its database can show. */
  int sql(String statement) {
    String jdbc = databaseUrl.replaceFirst("postgres://([^:]*):([^@]*)@", "jdbc:postgresql://");
    String[] credentials = databaseUrl.replaceFirst("postgres://([^@]*)@.*", "$1").split(":");
    try (Connection connection = DriverManager.getConnection(jdbc, credentials[0], credentials[1]);
        var call = connection.createStatement()) {
      return call.executeUpdate(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
