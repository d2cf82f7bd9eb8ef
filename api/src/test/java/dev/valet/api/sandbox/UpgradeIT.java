package dev.valet.api.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people ask of upgrades, and how drift is shown. Nothing moves but by these requests. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class UpgradeIT {
  private static final String SANDBOXES = "/api/v1/sandboxes";

  private String template;

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }

  private static String unique(String name) {
    return "zz-" + name + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Two versions of a copy of the seeded one. */
  @BeforeEach
  void template() {
    String seeded = as("viewer").get("/api/v1/templates").path("items[0].id");
    template =
        as("admin")
            .body(Map.of("name", unique("drift")))
            .post("/api/v1/templates/" + seeded + "/clone")
            .then()
            .statusCode(201)
            .extract()
            .path("template.id");
    as("admin")
        .header("If-Match", "\"1\"")
        .body(Map.of("changes", Map.of("imageId", "ami-0a1e7000000000002", "capacity", 4)))
        .post("/api/v1/templates/" + template + "/versions")
        .then()
        .statusCode(201);
  }

  private JsonPath created(int version) {
    return as("operator")
        .body(
            Map.of(
                "name",
                unique("s"),
                "environment",
                "dev",
                "templateId",
                template,
                "templateVersion",
                version))
        .post(SANDBOXES)
        .then()
        .statusCode(202)
        .extract()
        .jsonPath();
  }

  private static ValidatableResponse upgrade(String role, Object id, Object body) {
    return as(role).body(body).post(SANDBOXES + "/" + id + "/upgrade").then();
  }

  private static ValidatableResponse get(Object id) {
    return as("viewer").get(SANDBOXES + "/" + id).then().statusCode(200);
  }

  @Test
  void aSandboxOnAnOldVersionIsShownAsDrifted() {
    JsonPath accepted = created(1);
    assertThat(accepted.getInt("latestTemplateVersion")).isEqualTo(2);
    assertThat(accepted.getString("drift.effect")).isEqualTo("replace");
    get(accepted.getString("id"))
        .body("drift.effect", equalTo("replace"))
        .body("drift.changes", hasItem("imageId: ami-0a1e7000000000001 -> ami-0a1e7000000000002"));
    get(created(2).getString("id")).body("drift", nullValue());
  }

  @Test
  void theListIsFilteredByVersionAndDrift() {
    String old = created(1).getString("id");
    String current = created(2).getString("id");
    String list = SANDBOXES + "?templateId=" + template;
    as("viewer").get(list + "&drifted=true").then().body("items.id", equalTo(List.of(old)));
    as("viewer").get(list + "&drifted=false").then().body("items.id", equalTo(List.of(current)));
    as("viewer").get(list + "&templateVersion=1").then().body("items.id", hasItem(old));
    as("viewer").get(list + "&templateVersion=1").then().body("items.id", not(hasItem(current)));
    as("viewer").get(list + "&templateVersion=x").then().statusCode(400);
    as("viewer").get(list + "&drifted=perhaps").then().statusCode(400);
    as("viewer")
        .get("/api/v1/templates/" + template + "/usage")
        .then()
        .statusCode(200)
        .body("latestVersion", equalTo(2))
        .body("versions", hasSize(2))
        .body("versions[1].wanted", equalTo(1))
        .body("versions[1].applied", equalTo(0));
  }

  @Test
  void anUpgradeIsAWishWithAnOperation() {
    String id = created(1).getString("id");
    String operation =
        upgrade("operator", id, Map.of())
            .statusCode(202)
            .header("Location", containsString("/api/v1/operations/"))
            .body("kind", equalTo("upgrade"))
            .extract()
            .path("id");
    get(id)
        .body("templateVersion", equalTo(2))
        .body("capacity", equalTo(4))
        .body("operationId", equalTo(operation))
        .body("version", equalTo(2));
    upgrade("operator", id, Map.of()).statusCode(202).body("id", equalTo(operation));
    as("auditor")
        .get("/api/v1/audit?action=sandbox.upgrade&sandboxId=" + id)
        .then()
        .body("items", hasSize(1))
        .body("items[0].before.templateVersion", equalTo(1))
        .body("items[0].after.templateVersion", equalTo(2));
  }

  @Test
  void whatIsSoAlreadySucceedsAtOnce() {
    String id = created(2).getString("id");
    String path = SANDBOXES + "/" + id;
    String create = get(id).extract().path("operationId");
    upgrade("operator", id, Map.of("templateVersion", 2))
        .statusCode(202)
        .body("status", equalTo("succeeded"));
    as("viewer").get(path).then().body("operationId", equalTo(create));
  }

  @Test
  void wrongUpgradesAreNamedByField() {
    String id = created(1).getString("id");
    upgrade("operator", id, Map.of("templateVersion", 9))
        .statusCode(400)
        .body("errors.field", hasItem("templateVersion"));
    upgrade("operator", id, Map.of("parameters", Map.of("locale", "xx", "shell", "rm")))
        .statusCode(400)
        .body("errors.field", hasItem("parameters.locale"))
        .body("errors.field", hasItem("parameters.shell"));
    upgrade("operator", id, Map.of("version", 2)).statusCode(400);
    get(id).body("templateVersion", equalTo(1)).body("version", equalTo(1));
  }

  @Test
  void terminateIsNotSupersededAndRightsAreChecked() {
    String id = created(1).getString("id");
    upgrade("viewer", id, Map.of()).statusCode(403);
    upgrade("operator", UUID.randomUUID(), Map.of()).statusCode(404);
    as("operator").post(SANDBOXES + "/" + id + "/terminate").then().statusCode(202);
    upgrade("operator", id, Map.of()).statusCode(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "outbox"})
  void anUpgradeIsLostAsAWholeIfItsAuditRowOrEventCannotBeWritten(String table) {
    JsonPath sandbox = created(1);
    String id = sandbox.getString("id");
    Owner.withoutInsertOn(table, () -> upgrade("operator", id, Map.of()).statusCode(500));
    get(id)
        .body("templateVersion", equalTo(1))
        .body("version", equalTo(1))
        .body("operationId", equalTo(sandbox.getString("operationId")));
  }
}
