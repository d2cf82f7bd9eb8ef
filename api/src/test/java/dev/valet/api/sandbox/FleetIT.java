package dev.valet.api.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.valet.api.sandbox.lifecycle.LifecycleBeans;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of the fleet as a whole. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class FleetIT {
  private static final String FREEZE = "/api/v1/fleet/freeze";

  @Inject LifecycleBeans beans;

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }

  private void brake() {
    beans.write(tx ->
        tx.update(
            "UPDATE fleet_freeze SET state = 'ended', repair_braked = true, frozen_since = now(),"
                + " frozen_until = now(), reason = 'most fail', failing = 7, healthy_before = 12,"
                + " released_at = NULL, released_by = NULL"));
  }

  @AfterEach
  void noBrake() {
    beans.write(tx -> tx.update("UPDATE fleet_freeze SET state = 'idle', repair_braked = false"));
  }

  @Test
  void brakeIsShownAndReleasedOnceByWhoOperatesTheWholeFleet() {
    brake();
    as("viewer")
        .get(FREEZE)
        .then()
        .statusCode(200)
        .body("repairBraked", equalTo(true))
        .body("frozen", equalTo(false))
        .body("failing", equalTo(7))
        .body("reason", equalTo("most fail"));
    as("viewer").post(FREEZE + "/release").then().statusCode(403);
    as("dev-operator").post(FREEZE + "/release").then().statusCode(403);
    String audited = "SELECT count(*) FROM audit WHERE action = 'fleet.release'";
    String before = beans.text(audited);
    for (int i = 0; i < 2; i++) {
      as("operator")
          .post(FREEZE + "/release")
          .then()
          .statusCode(200)
          .body("repairBraked", equalTo(false))
          .body("releasedAt", notNullValue())
          .body("releasedBy", equalTo("operator"));
    }
    assertThat(Long.parseLong(beans.text(audited)) - Long.parseLong(before)).isEqualTo(1);
    assertThat(
            beans.text(
                "SELECT data ->> 'repairBraked' FROM outbox WHERE type = 'fleet.freeze'"
                    + " ORDER BY id DESC LIMIT 1"))
        .isEqualTo("false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "outbox"})
  void releaseIsLostAsAWholeIfItsAuditRowOrEventCannotBeWritten(String table) {
    create("dev");
    brake();
    Owner.withoutInsertOn(
        table, () -> as("operator").post(FREEZE + "/release").then().statusCode(500));
    as("viewer").get(FREEZE).then().body("repairBraked", equalTo(true));
  }

  @Test
  void summaryAddsUpWithinWhatTheCallerMaySee() {
    create("dev");
    create("prod");
    JsonPath all = as("viewer").get("/api/v1/fleet/summary").jsonPath();
    for (String part : new String[] {"byPhase", "byHealth", "byEnvironment"}) {
      Map<String, Integer> counts = all.getMap(part);
      assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
          .as(part)
          .isEqualTo(all.getInt("total"));
    }
    assertThat(all.getList("byTemplate.count", Integer.class).stream().mapToInt(i -> i).sum())
        .isEqualTo(all.getInt("total"));
    assertThat(all.getMap("byPhase"))
        .containsKeys("pending", "failed")
        .doesNotContainKey("terminated");
    assertThat(all.getInt("byEnvironment.prod")).isPositive();
    assertThat(all.getInt("total"))
        .isEqualTo(
            Integer.parseInt(
                beans.text("SELECT count(*) FROM sandbox_status WHERE phase <> 'terminated'")));

    JsonPath dev = as("dev-viewer").get("/api/v1/fleet/summary").jsonPath();
    assertThat(dev.getInt("byEnvironment.prod")).isZero();
    assertThat(dev.getInt("total")).isEqualTo(all.getInt("byEnvironment.dev"));
  }

  @Test
  void sandboxesAreFoundAndCountedByTheirConnectionToTheTaskEngine() {
    String id = create("dev");
    beans.write(tx ->
        tx.update(
            "UPDATE sandbox_health SET hatchet_state = 'unauthorized', facts = $2"
                + " WHERE sandbox_id = $1",
            UUID.fromString(id),
            new JsonObject(
                """
                {"engines": [], "hatchet": {"state": "unauthorized", "workerId": "w-1",
                 "detail": "UNAUTHENTICATED: invalid auth token", "reconnects": 2}}
                """)));

    as("viewer")
        .get("/api/v1/sandboxes?hatchet=unauthorized")
        .then()
        .statusCode(200)
        .body("items.id", contains(id))
        .body("items[0].hatchet.workerId", equalTo("w-1"))
        .body("items[0].hatchet.reconnects", equalTo(2))
        .body("items[0].hatchet.detail", startsWith("Token: the engine refuses it"));
    as("viewer").get("/api/v1/sandboxes?hatchet=asleep").then().statusCode(400);
    as("viewer")
        .get("/api/v1/fleet/summary")
        .then()
        .body("byHatchet.unauthorized", equalTo(1))
        .body("byHatchet.draining", equalTo(0));
    as("viewer")
        .get("/api/v1/sandboxes/" + id + "/health")
        .then()
        .body("agent.hatchet.detail", startsWith("Token:"));
  }

  private static String create(String environment) {
    String template = as("viewer").get("/api/v1/templates").path("items[0].id");
    return as("operator")
        .body(
            Map.of(
                "name", "fleet-" + UUID.randomUUID().toString().substring(0, 8),
                "environment", environment,
                "templateId", template))
        .post("/api/v1/sandboxes")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }
}
