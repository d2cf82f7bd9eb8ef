package dev.valet.api.sandbox.metrics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.valet.api.platform.loop.LoopRunner;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class MetricsIT {
  private static final Offset<Double> NEAR = Offset.offset(1e-6);

  /** A whole hour that is over. */
  private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minusSeconds(4 * 3_600);

  @Inject LoopRunner loops;

  @BeforeEach
  void noSamples() {
    Owner.run("TRUNCATE health_sample, health_sample_hour, health_hour_due");
  }

  @Test
  void meanIsWeightedByAnsweredProbes() {
    String id = sandbox("dev");
    minute(id, 0, 6, 0, 0.2, 1);
    minute(id, 3, 3, 1, 0.8, 5);
    JsonPath chart = chart(id, "5m", 0, 1);
    assertThat(chart.getList("points")).hasSize(1);
    assertThat(chart.getString("points[0].at")).isEqualTo(hour.toString());
    assertThat(chart.getInt("points[0].probes")).isEqualTo(9);
    assertThat(chart.getInt("points[0].failures")).isEqualTo(1);
    assertThat(chart.getDouble("points[0].cpu.avg")).isCloseTo(0.35, NEAR);
    assertThat(chart.getDouble("points[0].cpu.min")).isCloseTo(0.1, NEAR);
    assertThat(chart.getDouble("points[0].cpu.max")).isCloseTo(0.9, NEAR);
    assertThat(chart.getDouble("points[0].tasks.avg")).isCloseTo(2.0, NEAR);
  }

  @Test
  void gapIsAGapAndAFailedMinuteHasNoValues() {
    String id = sandbox("dev");
    minute(id, 0, 6, 0, 0.2, 1);
    Owner.run(
        "INSERT INTO health_sample (sandbox_id, minute, probes, failures) VALUES ('%s', '%s', 6, 6)"
            .formatted(id, hour.plusSeconds(600)));
    JsonPath chart = chart(id, "1m", 0, 1);
    assertThat(chart.getList("points.at"))
        .containsExactly(hour.toString(), hour.plusSeconds(600).toString());
    assertThat(chart.<Object>get("points[1].cpu")).isNull();
    assertThat(chart.getInt("points[1].failures")).isEqualTo(6);
  }

  @Test
  void hoursAreTheSameBeforeAndAfterTheyAreRolledUp() {
    String id = sandbox("dev");
    minute(id, 0, 6, 0, 0.2, 1);
    minute(id, 59, 2, 0, 0.6, 1);
    minute(id, 60, 6, 0, 0.5, 1);
    JsonPath before = chart(id, "1h", 0, 3);
    rollUp();
    Owner.run("TRUNCATE health_sample");
    JsonPath after = chart(id, "1h", 0, 3);
    assertThat(before.getList("points.at"))
        .containsExactly(hour.toString(), hour.plusSeconds(3_600).toString());
    assertThat(after.getList("points.at")).isEqualTo(before.getList("points.at"));
    for (JsonPath chart : List.of(before, after)) {
      assertThat(chart.getDouble("points[0].cpu.avg")).isCloseTo(0.3, NEAR);
      assertThat(chart.getDouble("points[1].cpu.avg")).isCloseTo(0.5, NEAR);
      assertThat(chart.getInt("points[0].probes")).isEqualTo(8);
    }
  }

  @Test
  void minuteThatComesLateIsRolledUpAgain() {
    String id = sandbox("dev");
    minute(id, 0, 6, 0, 0.2, 1);
    rollUp();
    minute(id, 30, 6, 0, 0.4, 1);
    assertThat(chart(id, "1h", 0, 1).getDouble("points[0].cpu.avg")).isCloseTo(0.3, NEAR);
    rollUp();
    rollUp();
    Owner.run("TRUNCATE health_sample");
    JsonPath chart = chart(id, "1h", 0, 1);
    assertThat(chart.getDouble("points[0].cpu.avg")).isCloseTo(0.3, NEAR);
    assertThat(chart.getInt("points[0].probes")).isEqualTo(12);
  }

  @Test
  void runningHourIsShownThoughItIsNotRolledUp() {
    String id = sandbox("dev");
    Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    minute(id, now, 6, 0, 0.2, 1);
    rollUp();
    as("viewer")
        .get("/api/v1/sandboxes/" + id + "/metrics?step=1h")
        .then()
        .statusCode(200)
        .body("points", hasSize(1))
        .body("points[0].at", equalTo(now.truncatedTo(ChronoUnit.HOURS).toString()));
  }

  @Test
  void daysAreMadeOfHours() {
    String id = sandbox("dev");
    minute(id, 0, 6, 0, 0.2, 1);
    minute(id, 60, 2, 0, 0.6, 1);
    rollUp();
    JsonPath chart = chart(id, "1d", 0, 3);
    double probes = chart.getList("points.probes", Integer.class).stream().mapToInt(n -> n).sum();
    assertThat(probes).isEqualTo(8);
    assertThat(chart.getString("from")).endsWith("T00:00:00Z");
  }

  @Test
  void fleetAddsTasksAndSpreadsTheRest() {
    for (int i = 1; i <= 4; i++) {
      String id = sandbox(i <= 3 ? "dev" : "prod");
      minute(id, 0, 6, 0, i / 10.0, i);
    }
    String silent = sandbox("dev");
    Owner.run(
        "INSERT INTO health_sample (sandbox_id, minute, probes, failures) VALUES ('%s', '%s', 6, 6)"
            .formatted(silent, hour));
    fleet("&step=1m")
        .body("series", hasSize(1))
        .body("series[0].key", equalTo("all"))
        .body("series[0].points", hasSize(1))
        .body("series[0].points[0].reporting", equalTo(4))
        .body("series[0].points[0].silent", equalTo(1))
        .body("series[0].points[0].tasks", equalTo(10.0f));
    JsonPath all = fleet("&step=1m").extract().jsonPath();
    assertThat(all.getDouble("series[0].points[0].cpu.avg")).isCloseTo(0.25, NEAR);
    assertThat(all.getDouble("series[0].points[0].cpu.p50")).isCloseTo(0.25, NEAR);
    assertThat(all.getDouble("series[0].points[0].cpu.p95")).isCloseTo(0.385, NEAR);
    assertThat(all.getDouble("series[0].points[0].cpu.max")).isCloseTo(0.5, NEAR);
    fleet("&step=1m&groupBy=environment").body("series.key", contains("dev", "prod"));
    fleet("&step=1h&groupBy=tenant").body("series.name", contains("default"));
    fleet("&step=1h&groupBy=template").body("series", hasSize(1));
    fleet("&step=1m&environment=prod").body("series[0].points[0].tasks", equalTo(4.0f));
    fleet("&step=1m&templateId=" + UUID.randomUUID()).body("series", hasSize(0));
  }

  @Test
  void tasksOfALongStepAreThoseAtATime() {
    String whole = sandbox("dev");
    String half = sandbox("dev");
    for (int at = 0; at < 10; at++) {
      minute(whole, at, 6, 0, 0.5, 2);
      if (at < 5) {
        minute(half, at, 6, 0, 0.5, 2);
      }
    }
    fleet("&step=15m").body("series[0].points[0].tasks", equalTo(3.0f));
  }

  @Test
  void whatIsOutsideTheScopeIsNotShown() {
    String dev = sandbox("dev");
    String prod = sandbox("prod");
    String foreign = sandbox("dev");
    Owner.run("INSERT INTO tenant (slug) VALUES ('foreign') ON CONFLICT DO NOTHING");
    Owner.run(
        "UPDATE sandbox SET tenant_id = (SELECT id FROM tenant WHERE slug = 'foreign')"
            + " WHERE id = '"
            + foreign
            + "'");
    for (String id : List.of(dev, prod, foreign)) {
      minute(id, 0, 6, 0, 0.2, 1);
    }
    as("dev-viewer").get("/api/v1/sandboxes/" + dev + "/metrics").then().statusCode(200);
    as("dev-viewer").get("/api/v1/sandboxes/" + prod + "/metrics").then().statusCode(404);
    as("viewer").get("/api/v1/sandboxes/" + UUID.randomUUID() + "/metrics").then().statusCode(404);
    String query = "/api/v1/fleet/metrics?groupBy=environment&from=" + hour;
    as("dev-viewer")
        .get(query)
        .then()
        .statusCode(200)
        .body("series.key", not(hasItem("prod")))
        .body("series.key", hasItem("dev"));
    as("nowhere").get(query).then().statusCode(403);
    fleet("&groupBy=tenant").body("series.name", contains("default", "foreign"));
  }

  @Test
  void wrongQuestionsAreRefusedWithTheRightOnes() {
    String id = sandbox("dev");
    for (String wrong :
        List.of(
            "step=7m",
            "step=1m&from=2020-01-01T00:00:00Z&to=2020-01-01T01:00:00Z",
            "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
            "from=1980-01-01T00:00:00Z",
            "from=yesterday",
            "colour=red")) {
      as("viewer").get("/api/v1/sandboxes/" + id + "/metrics?" + wrong).then().statusCode(400);
      as("viewer").get("/api/v1/fleet/metrics?" + wrong).then().statusCode(400);
    }
    as("viewer")
        .get("/api/v1/fleet/metrics?step=1m&from=" + hour.minus(Duration.ofDays(3)))
        .then()
        .statusCode(400)
        .body("errors[0].field", equalTo("step"))
        .body("errors[0].allowed", contains("5m", "15m", "1h", "6h", "1d"));
    as("viewer").get("/api/v1/fleet/metrics?groupBy=colour").then().statusCode(400);
  }

  @Test
  void sandboxWithoutSamplesHasNoPoints() {
    as("viewer")
        .get("/api/v1/sandboxes/" + sandbox("dev") + "/metrics")
        .then()
        .statusCode(200)
        .body("points", hasSize(0));
    fleet("").body("series", hasSize(0));
  }

  private void rollUp() {
    loops.trigger("health-roll-up").await().atMost(Duration.ofSeconds(20));
  }

  private void minute(String id, int at, int probes, int failures, double cpu, int tasks) {
    minute(id, hour.plusSeconds(60L * at), probes, failures, cpu, tasks);
  }

  /** As the writer of samples does it: the minute, and its hour is due. */
  private static void minute(
      String id, Instant at, int probes, int failures, double cpu, int tasks) {
    Owner.run(
        ("INSERT INTO health_sample VALUES ('%1$s', '%2$s', %3$d, %4$d, %5$s - 0.1, %5$s, %5$s + 0.1,"
                + " 0.5, 0.5, 0.5, 0.7, 0.7, 0.7, %6$d, %6$d, %6$d);"
                + " INSERT INTO health_hour_due VALUES (date_bin('1 hour', '%2$s', timestamptz 'epoch'))"
                + " ON CONFLICT DO NOTHING")
            .formatted(id, at, probes, failures, cpu, tasks));
  }

  private JsonPath chart(String id, String step, int fromHours, int hours) {
    Instant from = hour.plusSeconds(3_600L * fromHours);
    return as("viewer")
        .get(
            "/api/v1/sandboxes/%s/metrics?step=%s&from=%s&to=%s"
                .formatted(id, step, from, from.plusSeconds(3_600L * hours)))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private ValidatableResponse fleet(String query) {
    return as("viewer")
        .get(
            "/api/v1/fleet/metrics?from=%s&to=%s%s".formatted(hour, hour.plusSeconds(3_600), query))
        .then()
        .statusCode(200);
  }

  private static String sandbox(String environment) {
    String template = as("viewer").get("/api/v1/templates").then().extract().path("items[0].id");
    return as("operator")
        .body(
            Map.of(
                "name",
                "chart-" + UUID.randomUUID(),
                "environment",
                environment,
                "templateId",
                template))
        .post("/api/v1/sandboxes")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static io.restassured.specification.RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }
}
