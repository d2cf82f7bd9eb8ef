package dev.valet.api.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.valet.api.testkit.ValetTestResource;
import dev.valet.local.postgres.PostgresServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What people do with templates. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class TemplateIT extends TemplateSteps {
  @Test
  void aCreatedTemplateHasItsFirstVersionAndIsAudited() {
    String name = unique("created");
    JsonPath saved = created(name);
    String id = saved.getString("template.id");
    assertThat(saved.getInt("version.version")).isEqualTo(1);
    assertThat(saved.getString("validation")).isNull();
    as("viewer")
        .get(TEMPLATES + "/" + id)
        .then()
        .statusCode(200)
        .header("ETag", "\"1\"")
        .body("name", equalTo(name))
        .body("retiredAt", nullValue());
    as("viewer")
        .get(TEMPLATES + "/" + id + "/versions")
        .then()
        .statusCode(200)
        .body("items[0].spec.parameters[0].name", equalTo("url"));
    as("auditor")
        .get("/api/v1/audit?action=template.create&targetId=" + id)
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].after.spec.imageId", equalTo(Specs.IMAGE));
  }

  @Test
  void everyFaultOfASpecIsListedAtOnceByField() {
    Map<String, Object> request = request("-wrong-");
    Map<String, Object> spec = body(Specs.spec(Specs.number("tabs", 12, 1, 9)));
    spec.put("imageId", "ami-x");
    spec.put("instanceTypes", List.of("t3.large", "huge", "t3.large"));
    spec.put("volume", Map.of("sizeGib", 1, "type", "io1"));
    request.put("spec", spec);
    as("admin")
        .body(request)
        .post(TEMPLATES)
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:valet:problem:validation"))
        .body(
            "errors.field",
            hasItems(
                "name",
                "spec.imageId",
                "spec.instanceTypes[1]",
                "spec.instanceTypes[2]",
                "spec.volume.sizeGib",
                "spec.volume.type",
                "spec.parameters[0].defaultValue"));
  }

  @Test
  void anEmptyOrHoledSpecIsRefusedNotAFault() {
    as("admin").body(Map.of("name", unique("x"))).post(TEMPLATES).then().statusCode(400);
    as("admin")
        .body(Map.of("name", unique("x"), "spec", Map.of()))
        .post(TEMPLATES)
        .then()
        .statusCode(400)
        .body("errors.field", hasItems("spec.imageId", "spec.volume", "spec.health"));
    Map<String, Object> spec = body(Specs.spec());
    spec.put("instanceTypes", Arrays.asList("t3.large", null));
    spec.put("parameters", Arrays.asList((Object) null));
    as("admin")
        .body(Map.of("name", unique("x"), "spec", spec))
        .post(TEMPLATES)
        .then()
        .statusCode(400)
        .body("errors.field", hasItems("spec.instanceTypes[1]", "spec.parameters[0]"));
  }

  @Test
  void aDurationIsTextAndNotANumberWhoseUnitIsOpen() {
    Map<String, Object> request = request(unique("duration"));
    Map<String, Object> spec = body(Specs.spec());
    for (Object wrong : List.of(7, 1.5, "5 minutes")) {
      spec.put(
          "health",
          Map.of("failures", 3, "successes", 2, "bootGrace", wrong, "repairAfter", "PT1M"));
      request.put("spec", spec);
      as("admin")
          .body(request)
          .post(TEMPLATES)
          .then()
          .statusCode(400)
          .body("errors.field", hasItem("spec.health.bootGrace"));
    }
  }

  @Test
  void aNameIsTakenWhateverItsCase() {
    String name = unique("taken");
    String id = created(name).getString("template.id");
    as("admin")
        .body(request(name.toUpperCase(java.util.Locale.ROOT)))
        .post(TEMPLATES)
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:valet:problem:name-taken"));
    as("admin")
        .body(Map.of("name", name))
        .post(TEMPLATES + "/" + id + "/clone")
        .then()
        .statusCode(409);
  }

  @Test
  void aRepeatedKeyCreatesOnce() {
    Map<String, Object> request = request(unique("twice"));
    String key = UUID.randomUUID().toString();
    String first =
        as("admin")
            .header("Idempotency-Key", key)
            .body(request)
            .post(TEMPLATES)
            .then()
            .statusCode(201)
            .extract()
            .asString();
    String second =
        as("admin")
            .header("Idempotency-Key", key)
            .body(request)
            .post(TEMPLATES)
            .then()
            .statusCode(201)
            .extract()
            .asString();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void aCloneBeginsWithTheVersionThatItWasMadeFrom() {
    String id = created(unique("original")).getString("template.id");
    changed(id, "\"1\"", Map.of("capacity", 7)).statusCode(201);
    JsonPath clone =
        as("admin")
            .body(Map.of("name", unique("clone"), "version", 1))
            .post(TEMPLATES + "/" + id + "/clone")
            .then()
            .statusCode(201)
            .body("version.spec.capacity", equalTo(2))
            .extract()
            .jsonPath();
    assertThat(clone.getInt("template.latestVersion")).isEqualTo(1);
    as("auditor")
        .get("/api/v1/audit?action=template.clone&targetId=" + clone.getString("template.id"))
        .then()
        .body("items[0].after.clonedFrom", equalTo(id + ":1"));
  }

  @Test
  void ofARetiredTemplateNoSandboxIsMadeUntilItIsBack() {
    String id = created(unique("retired")).getString("template.id");
    as("admin")
        .post(TEMPLATES + "/" + id + "/retire")
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("retiredAt", notNullValue());
    as("admin").post(TEMPLATES + "/" + id + "/retire").then().header("ETag", "\"2\"");
    Map<String, Object> sandbox =
        Map.of("name", unique("s"), "environment", "dev", "templateId", id);
    as("operator")
        .body(sandbox)
        .post("/api/v1/sandboxes")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("templateId"));
    as("viewer").get(TEMPLATES + "?retired=true&limit=200").then().body("items.id", hasItem(id));
    as("viewer")
        .get(TEMPLATES + "?retired=false&limit=200")
        .then()
        .body("items.id", not(hasItem(id)));
    as("admin")
        .post(TEMPLATES + "/" + id + "/unretire")
        .then()
        .statusCode(200)
        .body("retiredAt", nullValue());
    as("operator").body(sandbox).post("/api/v1/sandboxes").then().statusCode(202);
  }

  @Test
  void theListIsFilteredAndPagedByName() {
    String prefix = unique("page");
    for (int i = 0; i < 3; i++) {
      created(prefix + "_" + i);
    }
    String url = TEMPLATES + "?limit=2&q=" + prefix.toUpperCase(java.util.Locale.ROOT) + "_";
    JsonPath page = as("viewer").get(url).then().statusCode(200).extract().jsonPath();
    assertThat(page.getList("items.name")).containsExactly(prefix + "_0", prefix + "_1");
    as("viewer")
        .queryParam("cursor", page.getString("nextCursor"))
        .get(url)
        .then()
        .body("items.name", hasSize(1))
        .body("items.name", everyItem(endsWith("_2")))
        .body("nextCursor", nullValue());
  }

  @Test
  void withoutAnAnswerOfEc2NothingIsCheckedAndNothingIsCalledRight() {
    as("admin")
        .body(Map.of("spec", body(Specs.spec())))
        .post(TEMPLATES + "/validate")
        .then()
        .statusCode(200)
        .body("status", equalTo("not_checked"))
        .body("errors", hasSize(0))
        .body(
            "checks.find { it.name == 'image' }.detail",
            containsString("not checked: EC2 did not answer"))
        .body("checks.status", everyItem(equalTo("not_checked")));
    Map<String, Object> wrong = body(Specs.spec());
    wrong.put("capacity", 0);
    as("admin")
        .body(Map.of("spec", wrong))
        .post(TEMPLATES + "/validate")
        .then()
        .statusCode(400)
        .body("errors.field", equalTo(List.of("spec.capacity")));
    as("admin").body(Map.of()).post(TEMPLATES + "/validate").then().statusCode(400);
  }

  @Test
  void aTemplateThatCouldNotBeCheckedIsStoredAndSaysSo() {
    as("admin")
        .body(request(unique("unchecked")))
        .post(TEMPLATES + "?validate=true")
        .then()
        .statusCode(201)
        .body("validation.status", equalTo("not_checked"));
  }

  @Test
  void onlyAdminsOfEverythingChangeTemplates() {
    String id = created(unique("rights")).getString("template.id");
    for (String role : List.of("viewer", "operator", "auditor")) {
      as(role).body(request(unique("no"))).post(TEMPLATES).then().statusCode(403);
      as(role).post(TEMPLATES + "/" + id + "/retire").then().statusCode(403);
    }
    as("viewer").get(TEMPLATES + "/" + UUID.randomUUID()).then().statusCode(404);
    as("admin").post(TEMPLATES + "/" + UUID.randomUUID() + "/retire").then().statusCode(404);
    changed(UUID.randomUUID().toString(), "\"1\"", Map.of("capacity", 3)).statusCode(404);
  }

  @Test
  void aVersionNeverChangesNotEvenForTheApiItself() {
    PostgresServer server = PostgresServer.shared();
    created(unique("immutable"));
    for (String sql :
        List.of("UPDATE template_version SET version = 7", "DELETE FROM template_version")) {
      assertThatThrownBy(() -> run(server.appUser(), server.appPassword(), sql))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void aChangeIsLostAsAWholeIfItCannotBeAudited() throws SQLException {
    String id = created(unique("whole")).getString("template.id");
    long templates = count("SELECT count(*) FROM template");
    long versions = count("SELECT count(*) FROM template_version");
    PostgresServer server = PostgresServer.shared();
    run(server.ownerUser(), server.ownerPassword(), "REVOKE INSERT ON audit FROM valet_app");
    try {
      as("admin").body(request(unique("whole"))).post(TEMPLATES).then().statusCode(500);
      changed(id, "\"1\"", Map.of("capacity", 3)).statusCode(500);
      as("admin")
          .body(Map.of("name", unique("whole")))
          .post(TEMPLATES + "/" + id + "/clone")
          .then()
          .statusCode(500);
      as("admin").post(TEMPLATES + "/" + id + "/retire").then().statusCode(500);
    } finally {
      run(server.ownerUser(), server.ownerPassword(), "GRANT INSERT ON audit TO valet_app");
    }
    assertThat(count("SELECT count(*) FROM template")).isEqualTo(templates);
    assertThat(count("SELECT count(*) FROM template_version")).isEqualTo(versions);
    as("viewer")
        .get(TEMPLATES + "/" + id)
        .then()
        .header("ETag", "\"1\"")
        .body("retiredAt", nullValue());
  }
}
