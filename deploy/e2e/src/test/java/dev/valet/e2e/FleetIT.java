package dev.valet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.valet.local.desktop.RfbClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The main job, through all the real parts, in the order in which a person would do it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetIT {
  private static final Duration MINUTE = Duration.ofSeconds(60);

  @TempDir static Path data;
  private static RunningValet valet;
  private static Api api;
  private static final List<String> sandboxes = new ArrayList<>();

  @BeforeAll
  static void up() throws IOException {
    valet = RunningValet.start(data, RunningValet.freePort(), RunningValet.freePort());
    api = new Api(valet.url(), valet.token("admin"));
  }

  @AfterAll
  static void down() {
    valet.close();
  }

  private static String path(String id) {
    return "/api/v1/sandboxes/" + id;
  }

  private static Predicate<JsonNode> phase(String phase) {
    return sandbox -> sandbox.path("phase").asText().equals(phase);
  }

  private static Predicate<JsonNode> health(String health) {
    return sandbox -> sandbox.path("health").path("status").asText().equals(health);
  }

  private static Map<String, Object> request(String name) {
    String template =
        api.get("/api/v1/templates").expect(200).body().path("items").path(0).path("id").asText();
    return Map.of("name", name, "environment", "dev", "templateId", template);
  }

  @Test
  @Order(1)
  void threeSandboxesAreRunningAndHealthyWithinAMinute() {
    for (String name : List.of("one", "two", "three")) {
      var created = api.post("/api/v1/sandboxes", request(name), Map.of()).expect(202);
      assertThat(created.raw().headers().firstValue("Location"))
          .hasValueSatisfying(location -> assertThat(location).contains("/api/v1/operations/"));
      sandboxes.add(created.body().path("id").asText());
    }
    for (String id : sandboxes) {
      api.await(path(id), MINUTE, phase("running").and(health("healthy")));
    }
  }

  @Test
  @Order(2)
  void aPersonSeesTheDesktopAndMovesItsPointerOnlyInControl() throws Exception {
    String id = sandboxes.getFirst();
    RunningDesktop desktop = RunningDesktop.of(id);
    try (RfbClient control = viewer(id, "control").shakeHands();
        RfbClient view = viewer(id, "view").shakeHands()) {
      assertThat(control.subprotocol()).isEqualTo("binary");
      assertThat(control.frame()).isEqualTo(1280 * 800);
      control.point(100, 120);
      Api.await(MINUTE, () -> desktop.pointerIsAt(100, 120), () -> "the pointer did not move");

      view.point(300, 310);
      assertThat(view.frame()).isEqualTo(1280 * 800);
      assertThat(desktop.pointerIsAt(100, 120)).as("looking on moves nothing").isTrue();
    }
  }

  private static RfbClient viewer(String id, String mode) throws Exception {
    JsonNode ticket =
        api.post(path(id) + "/vnc-tickets", Map.of("mode", mode), Map.of()).expect(200).body();
    URI socket = URI.create(valet.url().replaceFirst("http", "ws") + ticket.path("path").asText());
    return RfbClient.open(
        socket, valet.token("admin"), "binary", "valet.ticket." + ticket.path("ticket").asText());
  }

  @Test
  @Order(3)
  void aKilledAgentIsUnhealthyAfterThreeFailuresAndComesBack() {
    String id = sandboxes.getFirst();
    String instance = api.get(path(id)).body().path("ec2").path("instanceId").asText();
    valet.chaos("kill-agent", instance);
    JsonNode unhealthy = api.await(path(id), MINUTE, health("unhealthy"));
    assertThat(unhealthy.path("health").path("consecutiveFailures").asInt())
        .isGreaterThanOrEqualTo(3);
    // Unhealthy for a minute: Valet restarts it by itself.
    api.await(path(id), Duration.ofSeconds(150), phase("running").and(health("healthy")));
  }

  @Test
  @Order(4)
  void stopStartAndRestartDoWhatTheySay() {
    String id = sandboxes.get(1);
    api.post(path(id) + "/stop").expect(202);
    JsonNode stopped = api.await(path(id), MINUTE, phase("stopped"));
    assertThat(stopped.path("ec2").path("status").asText()).isEqualTo("stopped");
    assertThat(stopped.path("health").path("status").asText()).isEqualTo("unknown");

    api.post(path(id) + "/start").expect(202);
    api.await(path(id), MINUTE, phase("running").and(health("healthy")));

    var restart = api.post(path(id) + "/restart").expect(202);
    String operation = "/api/v1/operations/" + restart.body().path("id").asText();
    JsonNode done = api.await(operation, MINUTE, body -> !body.path("endedAt").isNull());
    assertThat(done.path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  @Order(5)
  void anInstanceTerminatedOutsideIsSeenAndShown() {
    String id = sandboxes.get(2);
    String instance = api.get(path(id)).body().path("ec2").path("instanceId").asText();
    valet.chaos("terminate", instance);
    JsonNode failed = api.await(path(id), MINUTE, phase("failed"));
    assertThat(failed.path("reason").asText()).contains("terminated outside Valet");
  }

  @Test
  @Order(6)
  void terminateEndsTheInstanceAndTheAuditLogKnowsEveryStep() {
    String id = sandboxes.get(2);
    api.post(path(id) + "/terminate").expect(202);
    api.await(path(id), MINUTE, phase("terminated"));
    JsonNode audit =
        api.get("/api/v1/audit?limit=200&sandboxId=" + id).expect(200).body().path("items");
    assertThat(audit)
        .extracting(entry -> entry.path("action").asText())
        .contains("sandbox.create", "ec2.RunInstances", "sandbox.phase", "sandbox.terminate");
  }

  @Test
  @Order(7)
  void everythingIsThereAgainAfterARestart() {
    Duration stopping = valet.stop();
    assertThat(stopping).isLessThan(Duration.ofSeconds(10));
    valet.up();
    api = new Api(valet.url(), valet.token("admin"));
    for (String id : sandboxes.subList(0, 2)) {
      api.await(path(id), MINUTE, phase("running").and(health("healthy")));
    }
    api.await(path(sandboxes.get(2)), MINUTE, phase("terminated"));
  }

  @Test
  @Order(8)
  void everythingIsThereAgainAfterKillNine() {
    valet.kill();
    valet.up();
    api = new Api(valet.url(), valet.token("admin"));
    for (String id : sandboxes.subList(0, 2)) {
      api.await(path(id), MINUTE, phase("running").and(health("healthy")));
    }
  }

  @Test
  @Order(9)
  void launchIsNotRepeatedWhenTheApiIsKilledRightAfterItWasSent() {
    long before = valet.machines();
    valet.chaos("hold", "RunInstances", "after");
    String id =
        api.post("/api/v1/sandboxes", request("crashed"), Map.of())
            .expect(202)
            .body()
            .path("id")
            .asText();
    valet.awaitHeld("RunInstances after", MINUTE);
    valet.killPart("api");
    valet.chaos("release");
    api.awaitUp(MINUTE);
    api.await(path(id), MINUTE, phase("running"));
    assertThat(valet.machines()).isEqualTo(before + 1);
  }

  @Test
  @Order(10)
  void anUpgradeReplacesTheInstanceAndThereAreNeverTwo() {
    String id = sandboxes.getFirst();
    String old = instance(id);
    newVersionWithLargerVolume();
    assertThat(api.get(path(id)).body().path("drift").path("effect").asText()).isEqualTo("replace");

    var upgrade = api.post(path(id) + "/upgrade", Map.of(), Map.of()).expect(202);

    String operation = "/api/v1/operations/" + upgrade.body().path("id").asText();
    JsonNode done = api.await(operation, MINUTE, body -> !body.path("endedAt").isNull());
    assertThat(done.path("status").asText()).isEqualTo("succeeded");
    api.await(path(id), MINUTE, phase("running").and(health("healthy")));
    assertThat(instance(id)).isNotEqualTo(old);
    assertThat(valet.mostLiveInstancesOf(id)).isEqualTo(1);
  }

  private static String instance(String id) {
    return api.get(path(id)).expect(200).body().path("ec2").path("instanceId").asText();
  }

  private static void newVersionWithLargerVolume() {
    String template =
        api.get("/api/v1/templates").expect(200).body().path("items").path(0).path("id").asText();
    String tag =
        api.get("/api/v1/templates/" + template).raw().headers().firstValue("ETag").orElseThrow();
    api.post(
            "/api/v1/templates/" + template + "/versions?validate=true",
            Map.of("changes", Map.of("volume", Map.of("sizeGib", 31))),
            Map.of("If-Match", tag))
        .expect(201);
  }

  @Test
  @Order(11)
  void bulkStopGoesOnWhenTheApiIsKilledInTheMiddle() {
    List<String> two = sandboxes.subList(0, 2);
    Map<String, Object> stop = Map.of("action", "stop", "ids", two, "concurrency", 1);
    Map<String, Object> dryRun = Map.of("action", "stop", "ids", two, "dryRun", true);
    JsonNode preview = api.post("/api/v1/sandboxes/bulk", dryRun, Map.of()).expect(200).body();
    assertThat(preview.path("acting").asInt()).isEqualTo(2);

    String id =
        api.post("/api/v1/sandboxes/bulk", stop, Map.of()).expect(202).body().path("id").asText();
    valet.killPart("api");
    api.awaitUp(MINUTE);
    JsonNode done =
        api.await("/api/v1/operations/" + id, MINUTE, body -> !body.path("endedAt").isNull());
    assertThat(done.path("status").asText()).isEqualTo("succeeded");
    assertThat(done.path("counts").path("succeeded").asInt()).isEqualTo(2);
    for (String sandbox : two) {
      api.await(path(sandbox), MINUTE, phase("stopped"));
    }
  }
}
