package dev.valet.api.access;

import static dev.valet.api.access.AccessCalls.ROLES;
import static dev.valet.api.access.AccessCalls.admin;
import static dev.valet.api.access.AccessCalls.granted;
import static dev.valet.api.access.AccessCalls.me;
import static dev.valet.api.access.AccessCalls.role;
import static dev.valet.api.access.AccessCalls.subject;
import static dev.valet.api.access.AccessCalls.tenant;
import static dev.valet.api.access.AccessCalls.unique;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class RolesIT {
  private static String path(String id) {
    return ROLES + "/" + id;
  }

  private static String builtIn(String name) {
    return admin().get(ROLES).then().extract().path("items.find { it.name == '" + name + "' }.id");
  }

  @Test
  void builtInRolesAreShownAndStay() {
    admin()
        .get(ROLES + "?limit=200")
        .then()
        .statusCode(200)
        .body("items.name", hasItems("admin", "auditor", "operator", "viewer"))
        .body("items.find { it.name == 'auditor' }.permissions", contains("read", "audit"))
        .body("items.find { it.name == 'auditor' }.builtIn", equalTo(true));
    String viewer = builtIn("viewer");
    admin()
        .header("If-Match", "\"1\"")
        .body(Map.of("permissions", List.of("admin")))
        .patch(path(viewer))
        .then()
        .statusCode(409);
    admin().delete(path(viewer)).then().statusCode(409);
  }

  @Test
  void changedRoleBitesWhoeverHoldsIt() {
    String name = unique("watcher");
    String id = role(name, List.of("read", "audit")).statusCode(201).extract().path("id");
    String person = unique("person");
    granted(person, name, null, null);
    me(person).body("permissions.permission", contains("read", "audit"));
    String path = path(id);
    Map<String, Object> less = Map.of("permissions", List.of("read"), "description", "Looks");
    admin().body(less).patch(path).then().statusCode(428);
    admin().header("If-Match", "\"7\"").body(less).patch(path).then().statusCode(412);
    admin()
        .header("If-Match", "\"1\"")
        .body(less)
        .patch(path)
        .then()
        .statusCode(200)
        .header("ETag", "\"2\"")
        .body("description", equalTo("Looks"));
    me(person).body("permissions.permission", contains("read"));
    admin()
        .queryParam("targetId", id)
        .get("/api/v1/audit")
        .then()
        .body("items.action", contains("role.update", "role.create"))
        .body("items[0].before.permissions", contains("read", "audit"))
        .body("items[0].after.permissions", contains("read"));
  }

  @Test
  void usedRoleIsNotDeleted() {
    String name = unique("used");
    String id = role(name, List.of("read")).statusCode(201).extract().path("id");
    String grant = granted(unique("person"), name, null, null);
    admin()
        .delete(path(id))
        .then()
        .statusCode(409)
        .body("detail", containsString("1 grants give the role \"" + name + "\""));
    admin().delete(AccessCalls.GRANTS + "/" + grant).then().statusCode(204);
    admin().delete(path(id)).then().statusCode(204);
    admin().get(path(id)).then().statusCode(404);
  }

  @Test
  void nobodyPutsIntoARoleWhatTheyDoNotHold() {
    String half = unique("half");
    String id = role(half, List.of("admin")).statusCode(201).extract().path("id");
    String person = unique("person");
    granted(person, half, null, null);
    Map<String, Object> more = Map.of("permissions", List.of("admin", "secrets"));
    subject(person)
        .header("If-Match", "\"1\"")
        .body(more)
        .patch(path(id))
        .then()
        .statusCode(403)
        .body("detail", containsString("secrets"));
    subject(person)
        .body(Map.of("name", unique("mine"), "permissions", List.of("read")))
        .post(ROLES)
        .then()
        .statusCode(403);
  }

  @Test
  void adminOfATenantChangesNoRoles() {
    String person = unique("person");
    granted(person, "admin", tenant(unique("tenant")), null);
    subject(person).get(ROLES).then().statusCode(200);
    subject(person)
        .body(Map.of("name", unique("mine"), "permissions", List.of("read")))
        .post(ROLES)
        .then()
        .statusCode(403);
    subject(person).delete(path(builtIn("viewer"))).then().statusCode(403);
  }

  @Test
  void nameIsTakenOnceAndKeyRepeatsTheAnswer() {
    Map<String, Object> role = Map.of("name", unique("once"), "permissions", List.of("read"));
    String key = UUID.randomUUID().toString();
    String id =
        admin()
            .header("Idempotency-Key", key)
            .body(role)
            .post(ROLES)
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    admin()
        .header("Idempotency-Key", key)
        .body(role)
        .post(ROLES)
        .then()
        .statusCode(201)
        .body("id", equalTo(id));
    admin()
        .body(role)
        .post(ROLES)
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:valet:problem:name-taken"));
    role("viewer", List.of("read")).statusCode(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"Upper\",\"permissions\":[\"read\"]}",
        "{\"name\":\"-x\",\"permissions\":[\"read\"]}",
        "{\"name\":\"x\",\"permissions\":[]}",
        "{\"name\":\"x\",\"permissions\":[\"fly\"]}",
        "{\"name\":\"x\",\"permissions\":[null]}",
        "{\"name\":\"x\"}",
        "{\"permissions\":[\"read\"]}",
        "{\"name\":\"x\",\"permissions\":[\"read\"],\"builtIn\":true}"
      })
  void wrongRoleIsRefused(String body) {
    admin().body(body).post(ROLES).then().statusCode(400);
  }

  @Test
  void changeIsLostAsAWholeIfItsAuditRowCannotBeWritten() {
    String name = unique("whole");
    String id = role(name, List.of("read")).statusCode(201).extract().path("id");
    String never = unique("never");
    Owner.withoutInsertOn(
        "audit",
        () -> {
          role(never, List.of("read")).statusCode(500);
          admin()
              .header("If-Match", "\"1\"")
              .body(Map.of("description", "changed"))
              .patch(path(id))
              .then()
              .statusCode(500);
          admin().delete(path(id)).then().statusCode(500);
        });
    admin()
        .get(path(id))
        .then()
        .statusCode(200)
        .body("version", equalTo(1))
        .body("description", equalTo(""));
    role(never, List.of("read")).statusCode(201);
  }
}
