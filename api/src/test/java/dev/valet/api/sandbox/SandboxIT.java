package dev.valet.api.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people ask of sandboxes. Loops are off: nothing moves but by these requests. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class SandboxIT {
  private static final String SANDBOXES = "/api/v1/sandboxes";

  @Inject Reads reads;

  private static io.restassured.specification.RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }

  private static String template() {
    return as("viewer")
        .get("/api/v1/templates")
        .then()
        .statusCode(200)
        .extract()
        .path("items[0].id");
  }

  private static Map<String, Object> request(String name) {
    Map<String, Object> request = new TreeMap<>();
    request.put("name", name);
    request.put("environment", "dev");
    request.put("templateId", template());
    return request;
  }

  private static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static JsonPath created(String name) {
    return as("operator")
        .body(request(name))
        .post(SANDBOXES)
        .then()
        .statusCode(202)
        .extract()
        .jsonPath();
  }

  private static ValidatableResponse get(Object id) {
    return as("viewer").get(SANDBOXES + "/" + id).then();
  }

  private long count(String sql) {
    return reads.first(sql, row -> row.getLong(0)).await().atMost(Duration.ofSeconds(10));
  }

  @Test
  void acceptedSandboxIsPendingAndNamesItsOperation() {
    String name = unique("accepted");
    var answer =
        as("operator")
            .body(request(name))
            .post(SANDBOXES)
            .then()
            .statusCode(202)
            .header("Location", startsWith("/api/v1/operations/"))
            .body("phase", equalTo("pending"))
            .body("desired", equalTo("running"))
            .body("ec2", nullValue())
            .body("health.status", equalTo("unknown"));
    String id = answer.extract().path("id");
    get(id).statusCode(200).header("ETag", "\"1\"").body("name", equalTo(name));
    as("viewer")
        .get(answer.extract().header("Location"))
        .then()
        .statusCode(200)
        .body("kind", equalTo("create"))
        .body("target", equalTo(id));
  }

  @Test
  void defaultsOfTheTemplateAreFilledIn() {
    get(created(unique("defaults")).getString("id")).statusCode(200).body("capacity", equalTo(2));
  }

  @Test
  void nameIsUniqueInItsEnvironmentWhateverItsCase() {
    String name = unique("taken");
    created(name);
    as("operator")
        .body(request(name.toUpperCase(java.util.Locale.ROOT)))
        .post(SANDBOXES)
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:valet:problem:name-taken"));
  }

  @Test
  void repeatedKeyGetsTheFirstAnswerAgain() {
    String key = UUID.randomUUID().toString();
    Map<String, Object> request = request(unique("twice"));
    var first = as("operator").header("Idempotency-Key", key).body(request).post(SANDBOXES).then();
    var second = as("operator").header("Idempotency-Key", key).body(request).post(SANDBOXES).then();
    first.statusCode(202);
    second.statusCode(202);
    assertThat(second.extract().asString()).isEqualTo(first.extract().asString());
    assertThat(second.extract().header("Location")).isEqualTo(first.extract().header("Location"));
    request.put("capacity", 7);
    as("operator")
        .header("Idempotency-Key", key)
        .body(request)
        .post(SANDBOXES)
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:valet:problem:idempotency-mismatch"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | -x | name",
        "environment | test | environment",
        "templateId | nonsense | templateId",
        "capacity | 0 | capacity",
        "capacity | 101 | capacity",
        "autoStop | 5 | autoStop",
        "templateId | 0197f0a0-0000-7000-8000-00000000dead | templateId",
        "templateVersion | 99 | templateVersion",
        "tenantId | 0197f0a0-0000-7000-8000-00000000dead | tenantId"
      })
  void wrongFieldIsNamedAndNothingIsStored(String field, String value, String named) {
    long before = count("SELECT count(*) FROM sandbox");
    Map<String, Object> request = request(unique("wrong"));
    request.put(field, value.matches("\\d+") ? Integer.valueOf(value) : value);
    as("operator")
        .body(request)
        .post(SANDBOXES)
        .then()
        .statusCode(400)
        .body("errors.field", hasItem(named));
    assertThat(count("SELECT count(*) FROM sandbox")).isEqualTo(before);
  }

  @Test
  void wrongParametersAndTagsAreAllListed() {
    Map<String, Object> request = request(unique("wrong"));
    request.put("parameters", Map.of("locale", "xx", "shell", "rm"));
    as("operator")
        .body(request)
        .post(SANDBOXES)
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("parameters.locale"))
        .body("errors.field", hasItem("parameters.shell"));
    request.remove("parameters");
    request.put("tags", Map.of("valet:sandbox", "mine"));
    as("operator").body(request).post(SANDBOXES).then().statusCode(400).body("errors", hasSize(1));
  }

  @Test
  void patchNeedsTheVersionThatItWasBasedOn() {
    String id = created(unique("patch")).getString("id");
    String path = SANDBOXES + "/" + id;
    as("operator").body(Map.of("capacity", 3)).patch(path).then().statusCode(428);
    as("operator")
        .header("If-Match", "\"9\"")
        .body(Map.of("capacity", 3))
        .patch(path)
        .then()
        .statusCode(412);
    as("operator")
        .header("If-Match", "\"1\"")
        .body(Map.of("capacity", 3, "tags", Map.of("team", "checkout")))
        .patch(path)
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("capacity", equalTo(3))
        .body("tags.team", equalTo("checkout"));
  }

  @Test
  void newerWishSupersedesAndNothingSupersedesTerminate() {
    JsonPath sandbox = created(unique("wishes"));
    String path = SANDBOXES + "/" + sandbox.getString("id");
    String stop = as("operator").post(path + "/stop").then().statusCode(202).extract().path("id");
    as("viewer")
        .get("/api/v1/operations/" + sandbox.getString("operationId"))
        .then()
        .body("status", equalTo("cancelled"))
        .body("reason", equalTo("superseded by " + stop))
        .body("endedAt", notNullValue());
    as("operator").post(path + "/stop").then().statusCode(202).body("id", equalTo(stop));
    as("operator").post(path + "/terminate").then().statusCode(202);
    as("operator").post(path + "/start").then().statusCode(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "outbox"})
  void changeIsLostAsAWholeIfItsAuditRowOrEventCannotBeWritten(String table) {
    JsonPath sandbox = created(unique("whole"));
    String path = SANDBOXES + "/" + sandbox.getString("id");
    long before = count("SELECT count(*) FROM sandbox");
    Owner.withoutInsertOn(
        table,
        () -> {
          as("operator").body(request(unique("whole"))).post(SANDBOXES).then().statusCode(500);
          as("operator")
              .header("If-Match", "\"1\"")
              .body(Map.of("capacity", 9))
              .patch(path)
              .then()
              .statusCode(500);
          for (String verb : List.of("start", "stop", "restart", "terminate")) {
            int status = as("operator").post(path + "/" + verb).then().extract().statusCode();
            // The same wish as the one under way writes nothing, so it cannot fail.
            assertThat(status).as(verb).isIn(500, 202);
          }
        });
    assertThat(count("SELECT count(*) FROM sandbox")).isEqualTo(before);
    get(sandbox.getString("id"))
        .body("version", equalTo(1))
        .body("desired", equalTo("running"))
        .body("operationId", equalTo(sandbox.getString("operationId")));
  }

  @Test
  void walkThroughThePagesShowsEachSandboxOnce() {
    String prefix = unique("walk");
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      created.add(created(prefix + "-" + i).getString("id"));
    }
    for (String sort :
        List.of("name", "-name", "createdAt", "-createdAt", "updatedAt", "phase", "health")) {
      List<String> seen = new ArrayList<>();
      String cursor = null;
      do {
        var request =
            as("viewer").queryParam("q", prefix).queryParam("sort", sort).queryParam("limit", 2);
        JsonPath page =
            (cursor == null ? request : request.queryParam("cursor", cursor))
                .get(SANDBOXES)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        seen.addAll(page.getList("items.id"));
        cursor = page.getString("nextCursor");
      } while (cursor != null);
      assertThat(seen).as(sort).containsExactlyInAnyOrderElementsOf(created);
    }
  }

  @Test
  void filtersCombineAndCursorsAreBoundToThem() {
    String prefix = unique("filter");
    Map<String, Object> request = request(prefix + "-a");
    request.put("tags", Map.of("team", prefix));
    as("operator").body(request).post(SANDBOXES).then().statusCode(202);
    created(prefix + "-b");
    as("viewer")
        .get(SANDBOXES + "?environment=dev&phase=pending&health=unknown&tag=team:" + prefix)
        .then()
        .statusCode(200)
        .body("items", hasSize(1));
    String cursor = as("viewer").get(SANDBOXES + "?limit=1&q=" + prefix).path("nextCursor");
    as("viewer")
        .queryParam("cursor", cursor)
        .get(SANDBOXES + "?limit=1&q=other")
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:valet:problem:bad-cursor"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=x",
        "phase=Running",
        "sort=size",
        "tag=novalue",
        "templateId=1",
        "cursor=%2B%2B",
        "environment=test",
        "nonsense=1",
        "limit=1&limit=2"
      })
  void wrongQueryIsRefusedPrecisely(String query) {
    as("viewer")
        .urlEncodingEnabled(false)
        .get(SANDBOXES + "?" + query)
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void foreignSandboxDoesNotExist() {
    Map<String, Object> request = request(unique("prod"));
    request.put("environment", "prod");
    String id =
        as("operator").body(request).post(SANDBOXES).then().statusCode(202).extract().path("id");
    as("dev-viewer").get(SANDBOXES + "/" + id).then().statusCode(404);
    as("dev-viewer").get(SANDBOXES + "?environment=prod").then().body("items", hasSize(0));
    as("viewer").post(SANDBOXES + "/" + id + "/stop").then().statusCode(403);
  }
}
