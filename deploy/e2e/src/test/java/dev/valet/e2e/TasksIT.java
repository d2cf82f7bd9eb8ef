package dev.valet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes at work for a real engine; what it did is read from its own API. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TasksIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String CONNECTED = "/api/v1/sandboxes?hatchet=connected";

  @TempDir static Path data;
  private static RunningValet valet;
  private static Api api;
  private static Api engine;
  private static String tenant;
  private static final List<String> sandboxes = new ArrayList<>();

  @BeforeAll
  static void up() throws IOException {
    valet =
        RunningValet.startWithTaskEngine(data, RunningValet.freePort(), RunningValet.freePort());
    if (valet.printed().contains("No Hatchet engine")) {
      String line = "task engine, end to end (deploy/e2e): Go 1.26 or newer is not installed";
      Path file = Files.createDirectories(Path.of("target/not-run")).resolve("task-engine.txt");
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Assumptions.abort(line);
    }
    api = new Api(valet.url(), valet.token("admin"));
    String template =
        api.get("/api/v1/templates").expect(200).body().path("items").path(0).path("id").asText();
    for (String name : List.of("one", "two")) {
      Map<String, Object> request =
          Map.of("name", name, "environment", "dev", "templateId", template, "capacity", 1);
      sandboxes.add(
          api.post("/api/v1/sandboxes", request, Map.of()).expect(202).body().path("id").asText());
    }
    api.await(CONNECTED, LIMIT, page -> page.path("items").size() == 2);
    JsonNode told = new ObjectMapper().readTree(data.resolve("hatchet/handshake.json").toFile());
    engine = new Api(told.path("api_url").asText(), told.path("token").asText());
    tenant = told.path("tenant_id").asText();
  }

  @AfterAll
  static void down() {
    valet.close();
  }

  private static String trigger(int seconds) {
    Map<String, Object> run =
        Map.of("workflowName", "valet-check", "input", Map.of("seconds", seconds));
    return engine
        .post("/api/v1/stable/tenants/" + tenant + "/workflow-runs/trigger", run, Map.of())
        .expect(200)
        .body()
        .path("run")
        .path("metadata")
        .path("id")
        .asText();
  }

  private static JsonNode awaitTask(String run, String status) {
    return engine
        .await(
            "/api/v1/stable/workflow-runs/" + run,
            LIMIT,
            answer -> task(answer).path("status").asText().equals(status))
        .path("tasks")
        .path(0);
  }

  private static JsonNode task(JsonNode run) {
    return run.path("tasks").path(0);
  }

  /** The queue of the built-in check. */
  private static JsonNode checks(JsonNode view) {
    for (JsonNode queue : view.path("queues")) {
      if (queue.path("action").asText().equals("valet-check:run")) {
        return queue;
      }
    }
    return MissingNode.getInstance();
  }

  private static String sandboxOf(JsonNode task) {
    return task.path("output").path("sandboxId").asText();
  }

  @Test
  @Order(1)
  void queuesAndWorkersOfTheRealEngineAreShown() {
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(trigger(6)); // a call takes a second
    }

    JsonNode full =
        api.await(
            "/api/v1/task-engine",
            LIMIT,
            view ->
                checks(view).path("queued").asInt() > 0
                    && checks(view).path("oldestSeconds").isIntegralNumber());

    assertThat(full.path("available").asBoolean()).isTrue();
    assertThat(full.path("workers").path("active").asInt()).isEqualTo(2);
    assertThat(full.path("workers").path("slots").asInt()).isEqualTo(2);
    assertThat(full.path("running").asInt()).isBetween(1, 2);
    assertThat(checks(full).path("workers").asInt()).isEqualTo(2);
    for (String run : runs) {
      assertThat(sandboxes).contains(sandboxOf(awaitTask(run, "COMPLETED")));
    }
  }

  @Test
  @Order(2)
  void apiDoesNotStartOnTheEnginesDatabase() throws IOException {
    URI database = URI.create(environment("hatchet", "DATABASE_URL"));
    String[] credentials = database.getUserInfo().split(":");
    Map<String, String> settings =
        Map.of(
            "QUARKUS_DATASOURCE_JDBC_URL",
            "jdbc:postgresql://127.0.0.1:" + database.getPort() + database.getPath(),
            "QUARKUS_FLYWAY_USERNAME",
            credentials[0],
            "QUARKUS_FLYWAY_PASSWORD",
            credentials[1]);
    try (SecondApi second = SecondApi.beside(valet, RunningValet.freePort(), settings)) {
      assertThat(second.awaitEnd(LIMIT))
          .contains("Refusing to start: this database holds a Hatchet engine's tables")
          .doesNotContain("Migrating schema");
    }
  }

  private static String environment(String part, String name) throws IOException {
    String pid = Files.readString(data.resolve("run").resolve(part + ".pid")).split("\\s+")[0];
    for (String entry : Files.readString(Path.of("/proc", pid, "environ")).split("\0")) {
      if (entry.startsWith(name + "=")) {
        return entry.substring(name.length() + 1);
      }
    }
    throw new AssertionError(part + " has no " + name);
  }

  /** The engine gives a silent worker's tasks to others after half a minute. */
  @Test
  @Order(3)
  @EnabledIfSystemProperty(named = "tests.full", matches = "true")
  void taskOfASandboxThatDiesIsFinishedByAnother() {
    String run = trigger(20);
    awaitTask(run, "RUNNING");
    JsonNode sandbox = api.get("/api/v1/sandboxes/" + busy()).expect(200).body();
    valet.chaos("kill-agent", sandbox.path("ec2").path("instanceId").asText());

    JsonNode task = awaitTask(run, "COMPLETED");

    assertThat(sandboxOf(task)).isIn(sandboxes).isNotEqualTo(sandbox.path("id").asText());
  }

  /** The one whose agent says that it has a task, when asked now. */
  private static String busy() {
    return sandboxes.stream()
        .filter(id ->
            api.post("/api/v1/sandboxes/" + id + "/health-check")
                    .expect(200)
                    .body()
                    .path("agent")
                    .path("tasks")
                    .path("active")
                    .asInt()
                > 0)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(4)
  @EnabledIfSystemProperty(named = "tests.full", matches = "true")
  void engineThatHangsIsShownAndNobodyIsBlamed() {
    api.await(
        CONNECTED + "&phase=running&health=healthy",
        Duration.ofMinutes(4),
        page -> page.path("items").size() == 2);
    valet.signalPart("hatchet", "STOP");
    try {
      JsonNode away =
          api.await("/api/v1/task-engine", LIMIT, view -> !view.path("available").asBoolean());
      assertThat(away.path("problem").asText()).contains("does not answer in time");
      assertThat(away.path("asOf").isTextual()).isTrue();
      api.await(CONNECTED, LIMIT, page -> page.path("items").isEmpty());
      for (String id : sandboxes) {
        JsonNode sandbox = api.get("/api/v1/sandboxes/" + id).expect(200).body();
        assertThat(sandbox.path("phase").asText()).isEqualTo("running");
        assertThat(sandbox.path("conditions")).isEmpty();
        assertThat(sandbox.path("hatchet").path("detail").asText()).isNotBlank();
      }
    } finally {
      valet.signalPart("hatchet", "CONT");
    }
    api.await(CONNECTED, LIMIT, page -> page.path("items").size() == 2);
    assertThat(trigger(0)).isNotEmpty();
  }
}
