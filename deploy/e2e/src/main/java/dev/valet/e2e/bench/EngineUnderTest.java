package dev.valet.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.local.hatchet.GoProgram;
import dev.valet.local.hatchet.GoToolchain;
import dev.valet.local.hatchet.HatchetEngine;
import dev.valet.local.hatchet.HatchetEngine.Handshake;
import dev.valet.local.host.ChildProcesses;
import dev.valet.local.host.Waiting;
import dev.valet.local.postgres.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The real engine that all workers of a run share, asked by its own REST API. */
final class EngineUnderTest {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration HISTORY = Duration.ofSeconds(30);
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final JsonMapper JSON = new JsonMapper();

  private final HatchetEngine engine;
  private final Handshake handshake;
  private final HttpClient http = HttpClient.newHttpClient();

  private EngineUnderTest(HatchetEngine engine, Handshake handshake) {
    this.engine = engine;
    this.handshake = handshake;
  }

  static EngineUnderTest start(GoToolchain go, PostgresServer postgres, Path folder) {
    HatchetEngine engine = HatchetEngine.open(folder.resolve("hatchet"));
    ProcessBuilder builder =
        engine.command(GoProgram.engine().build(go, line -> ListBench.say("%s", line)));
    builder
        .environment()
        .putAll(HatchetEngine.environment(postgres.createHatchetDatabase("hatchet")));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("engine.log").toFile());
    Process process = ChildProcesses.start(builder);
    Waiting.until(START, POLL, () -> engine.isReady() || !process.isAlive());
    return new EngineUnderTest(engine, engine.handshake().orElseThrow());
  }

  String token() {
    return handshake.token();
  }

  int grpcPort() {
    return engine.grpcPort();
  }

  /** Whether a worker does the task by now. */
  boolean does(String workflow) {
    try {
      completed(trigger(workflow), FIRST);
      return true;
    } catch (IllegalStateException e) {
      return false; // nobody has declared it yet
    }
  }

  /** Starts a run of a workflow; its id. */
  String trigger(String workflow) {
    String path = "/api/v1/stable/tenants/%s/workflow-runs/trigger".formatted(handshake.tenantId());
    String body = "{\"workflowName\":\"%s\",\"input\":{}}".formatted(workflow);
    return ask("POST", path, body).path("run").path("metadata").path("id").asText();
  }

  /** The run's single task once it is completed. */
  JsonNode completed(String run, Duration limit) {
    JsonNode[] last = {task(run)};
    boolean done =
        Waiting.until(
            limit,
            POLL,
            () -> {
              last[0] = task(run);
              return last[0].path("status").asText().equals("COMPLETED");
            });
    if (!done) {
      throw new IllegalStateException("run " + run + " is not completed: " + last[0]);
    }
    return last[0];
  }

  JsonNode task(String run) {
    return ask("GET", "/api/v1/stable/workflow-runs/" + run, null).path("tasks").path(0);
  }

  /** When the engine assigned the task to a worker; its history comes late. */
  Instant assignedAt(JsonNode task) {
    if (!Waiting.until(HISTORY, POLL, () -> assigned(task).isPresent())) {
      throw new IllegalStateException("nobody assigned " + task);
    }
    return assigned(task).orElseThrow();
  }

  private Optional<Instant> assigned(JsonNode task) {
    String id = task.path("metadata").path("id").asText();
    for (JsonNode event :
        ask("GET", "/api/v1/stable/tasks/" + id + "/task-events?limit=100", null).path("rows")) {
      if (event.path("eventType").asText().equals("ASSIGNED")) {
        return Optional.of(Instant.parse(event.path("timestamp").asText()));
      }
    }
    return Optional.empty();
  }

  private JsonNode ask(String method, String path, @Nullable String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(handshake.apiUrl() + path))
            .header("Authorization", "Bearer " + handshake.token())
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
