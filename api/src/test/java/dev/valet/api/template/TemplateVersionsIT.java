package dev.valet.api.template;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** New versions from old ones, and how they differ. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class TemplateVersionsIT extends TemplateSteps {
  @Test
  void aReplayedVersionIsAnsweredAlthoughItsTagIsOldByNow() {
    String id = created(unique("replay")).getString("template.id");
    String key = UUID.randomUUID().toString();
    for (int i = 0; i < 2; i++) {
      as("admin")
          .header("Idempotency-Key", key)
          .header("If-Match", "\"1\"")
          .body(Map.of("changes", Map.of("capacity", 3)))
          .post(TEMPLATES + "/" + id + "/versions")
          .then()
          .statusCode(201)
          .body("version.version", equalTo(2));
    }
    as("viewer").get(TEMPLATES + "/" + id).then().body("latestVersion", equalTo(2));
  }

  @Test
  void changesAreMergedIntoTheBaseVersionAndTwoEditorsDoNotOverwriteEachOther() {
    String id = created(unique("merge")).getString("template.id");
    changed(id, "\"1\"", Map.of("health", Map.of("failures", 5)))
        .statusCode(201)
        .body("template.latestVersion", equalTo(2))
        .body("template.version", equalTo(2))
        .body("version.spec.health.failures", equalTo(5))
        .body("version.spec.health.successes", equalTo(2));
    changed(id, "\"1\"", Map.of("capacity", 9))
        .statusCode(412)
        .body("type", equalTo("urn:valet:problem:precondition-failed"));
    newVersion(id, "\"2\"", Map.of("baseVersion", 1, "changes", Map.of("desktop", true)))
        .statusCode(201)
        .body("version.version", equalTo(3))
        .body("version.spec.health.failures", equalTo(3));
    as("admin")
        .body(Map.of("changes", Map.of("capacity", 9)))
        .post(TEMPLATES + "/" + id + "/versions")
        .then()
        .statusCode(428);
  }

  @Test
  void wrongChangesAreNamedByField() {
    String id = created(unique("wrong")).getString("template.id");
    changed(id, "\"1\"", Map.of("capacity", 500, "subnetIds", List.of()))
        .statusCode(400)
        .body("errors.field", hasItems("changes.capacity", "changes.subnetIds"));
    changed(id, "\"1\"", Map.of("nonsense", 1))
        .statusCode(400)
        .body("errors.field", hasItem("changes.nonsense"));
    Map<String, Object> removing = new HashMap<>();
    removing.put("imageId", null);
    changed(id, "\"1\"", removing).statusCode(400).body("errors.field", hasItem("changes.imageId"));
    changed(id, "\"1\"", Map.of()).statusCode(400).body("errors.field", hasItem("changes"));
    newVersion(id, "\"1\"", Map.of("baseVersion", 9, "changes", Map.of("capacity", 3)))
        .statusCode(400)
        .body("errors.field", hasItem("baseVersion"));
    newVersion(id, "\"1\"", Map.of("spec", body(Specs.spec()), "changes", Map.of("capacity", 3)))
        .statusCode(400)
        .body("errors.field", hasItem("spec"));
    as("viewer").get(TEMPLATES + "/" + id).then().body("latestVersion", equalTo(1));
  }

  @Test
  void versionsAreComparedFieldByFieldWithWhatTheyDo() {
    String id = created(unique("compare")).getString("template.id");
    changed(
            id,
            "\"1\"",
            Map.of("imageId", "ami-0a1e7000000000002", "health", Map.of("failures", 5)))
        .statusCode(201);
    as("viewer")
        .get(TEMPLATES + "/" + id + "/compare?from=1")
        .then()
        .statusCode(200)
        .body("to", equalTo(2))
        .body("effect", equalTo("replace"))
        .body("changes.path", hasItems("imageId", "health.failures"))
        .body("changes.find { it.path == 'health.failures' }.before", equalTo(3))
        .body("changes.find { it.path == 'health.failures' }.effect", equalTo("none"));
    as("viewer").get(TEMPLATES + "/" + id + "/compare?from=1&to=7").then().statusCode(400);
    as("viewer")
        .get(TEMPLATES + "/" + id + "/compare")
        .then()
        .body("from", equalTo(1))
        .body("to", equalTo(2));
  }
}
