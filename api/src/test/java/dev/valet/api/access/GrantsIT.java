package dev.valet.api.access;

import static dev.valet.api.access.AccessCalls.GRANTS;
import static dev.valet.api.access.AccessCalls.admin;
import static dev.valet.api.access.AccessCalls.grant;
import static dev.valet.api.access.AccessCalls.granted;
import static dev.valet.api.access.AccessCalls.me;
import static dev.valet.api.access.AccessCalls.role;
import static dev.valet.api.access.AccessCalls.subject;
import static dev.valet.api.access.AccessCalls.tenant;
import static dev.valet.api.access.AccessCalls.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class GrantsIT {
  @Inject Callers callers;

  @Test
  void grantGivesTheRightAtOnceAndRevokingTakesIt() {
    String subject = unique("person");
    me(subject).statusCode(403).body("detail", containsString(subject));
    String grant = granted(subject, "operator", null, "dev");
    me(subject)
        .statusCode(200)
        .body("roles", contains("operator"))
        .body("sources[0].grantId", equalTo(grant))
        .body("sources[0].group", nullValue())
        .body("sources[0].environment", equalTo("dev"))
        .body("session.kind", equalTo("bearer"));
    admin().delete(GRANTS + "/" + grant).then().statusCode(204);
    me(subject).statusCode(403);
    admin().get(GRANTS + "/" + grant).then().statusCode(404);
    admin().delete(GRANTS + "/" + grant).then().statusCode(404);
  }

  @Test
  void groupsAndGrantsAddUpAndEachNamesItsSource() {
    admin()
        .get("/api/v1/me")
        .then()
        .statusCode(200)
        .body("sources.group", hasItem("admin"))
        .body("sources[0].grantId", nullValue());
    admin()
        .get("/api/v1/group-mappings")
        .then()
        .statusCode(200)
        .body("items.find { it.group == 'dev-auditor' }.role", equalTo("auditor"))
        .body("items.find { it.group == 'dev-auditor' }.tenant", equalTo("default"))
        .body("items.find { it.group == 'dev-auditor' }.environment", equalTo("dev"));
  }

  @Test
  void sameGrantAgainIsTheSameOne() {
    Map<String, Object> grant = grant(unique("service"), "viewer", null, null);
    String id = admin().body(grant).post(GRANTS).then().statusCode(201).extract().path("id");
    long version = version();
    admin().body(grant).post(GRANTS).then().statusCode(200).body("id", equalTo(id));
    assertThat(version()).isEqualTo(version);
    grant.put("label", "The nightly job");
    admin().body(grant).post(GRANTS).then().statusCode(200).body("id", equalTo(id));
    admin().get(GRANTS + "/" + id).then().body("label", equalTo("The nightly job"));
    assertThat(version()).isGreaterThan(version);
    admin()
        .queryParam("targetId", id)
        .get("/api/v1/audit")
        .then()
        .body("items.action", contains("grant.update", "grant.create"))
        .body("items[0].after.label", equalTo("The nightly job"))
        .body("items[0].before.label", nullValue());
  }

  @Test
  void nobodyGivesMoreThanTheyHold() {
    String role = unique("half-admin");
    role(role, List.of("admin", "read")).statusCode(201);
    String giver = unique("giver");
    granted(giver, role, null, "dev");
    subject(giver)
        .body(grant(unique("friend"), "operator", null, "dev"))
        .post(GRANTS)
        .then()
        .statusCode(403)
        .body("detail", containsString("operate, provision, terminate, connect"));
    subject(giver).body(grant(giver, "admin", null, "dev")).post(GRANTS).then().statusCode(403);
    subject(giver)
        .body(grant(giver, "viewer", null, null))
        .post(GRANTS)
        .then()
        .statusCode(403)
        .body("detail", containsString("whole of that scope"));
    subject(giver)
        .body(grant(unique("friend"), "viewer", null, "dev"))
        .post(GRANTS)
        .then()
        .statusCode(201);
  }

  @Test
  void adminOfATenantSeesAndRevokesOnlyItsGrants() {
    String mine = tenant(unique("mine"));
    String other = tenant(unique("other"));
    String owner = unique("owner");
    granted(owner, "admin", mine, null);
    String inside = granted(unique("inside"), "viewer", mine, "prod");
    String outside = granted(unique("outside"), "viewer", other, null);
    String global = granted(unique("global"), "viewer", null, "prod");
    subject(owner)
        .get(GRANTS + "?limit=200")
        .then()
        .statusCode(200)
        .body("items.id", hasItem(inside))
        .body("items.id", not(hasItem(outside)))
        .body("items.id", not(hasItem(global)));
    for (String foreign : List.of(outside, global)) {
      subject(owner).get(GRANTS + "/" + foreign).then().statusCode(404);
      subject(owner).delete(GRANTS + "/" + foreign).then().statusCode(404);
      admin().get(GRANTS + "/" + foreign).then().statusCode(200);
    }
    String field =
        subject(owner)
            .body(grant(owner, "viewer", other, null))
            .post(GRANTS)
            .then()
            .statusCode(400)
            .extract()
            .path("detail");
    subject(owner)
        .body(grant(owner, "viewer", UUID.randomUUID().toString(), null))
        .post(GRANTS)
        .then()
        .statusCode(400)
        .body("detail", equalTo(field));
    subject(owner).delete(GRANTS + "/" + inside).then().statusCode(204);
  }

  @Test
  void filtersFindGrantsAndPagesShowEachOnce() {
    String tenant = tenant(unique("filters"));
    String person = unique("person");
    String viewer = granted(person, "viewer", tenant, null);
    String operator = granted(person, "operator", tenant, null);
    granted(unique("person"), "viewer", tenant, null);
    admin()
        .queryParam("subject", person)
        .get(GRANTS)
        .then()
        .body("items.id", contains(operator, viewer));
    admin()
        .queryParam("tenantId", tenant)
        .queryParam("role", "operator")
        .get(GRANTS)
        .then()
        .body("items.id", contains(operator));
    String cursor =
        admin().queryParam("tenantId", tenant).get(GRANTS + "?limit=2").path("nextCursor");
    admin()
        .queryParam("tenantId", tenant)
        .queryParam("cursor", cursor)
        .get(GRANTS + "?limit=2")
        .then()
        .body("items.id", contains(viewer))
        .body("nextCursor", nullValue());
    admin().queryParam("cursor", cursor).get(GRANTS).then().statusCode(400);
  }

  @ParameterizedTest
  @CsvSource({
    "role, no-such-role, role",
    "expiresAt, 2020-01-01T00:00:00Z, expiresAt",
    "environment, test, environment",
    "tenantId, 0197f0a0-0000-7000-8000-00000000dead, tenantId",
    "subject, '', subject",
    "issuer, '', issuer"
  })
  void wrongFieldIsNamed(String field, String value, String named) {
    Map<String, Object> grant = grant(unique("wrong"), "viewer", null, null);
    grant.put(field, value);
    admin().body(grant).post(GRANTS).then().statusCode(400).body("errors.field", hasItem(named));
  }

  @Test
  void changeIsLostAsAWholeIfItsAuditRowCannotBeWritten() {
    String kept = unique("kept");
    String grant = granted(kept, "viewer", null, null);
    Map<String, Object> changed = grant(kept, "viewer", null, null);
    changed.put("label", "changed");
    String never = unique("never");
    long version = version();
    Owner.withoutInsertOn(
        "audit",
        () -> {
          admin().body(grant(never, "viewer", null, null)).post(GRANTS).then().statusCode(500);
          admin().body(changed).post(GRANTS).then().statusCode(500);
          admin().delete(GRANTS + "/" + grant).then().statusCode(500);
        });
    assertThat(version()).isEqualTo(version);
    me(kept).statusCode(200);
    me(never).statusCode(403);
    admin().get(GRANTS + "/" + grant).then().body("label", nullValue());
    admin().queryParam("subject", never).get(GRANTS).then().body("items", hasSize(0));
  }

  @Test
  void onlyAdminsSeeGrants() {
    String operator = unique("operator");
    granted(operator, "operator", null, null);
    subject(operator).get(GRANTS).then().statusCode(403);
    subject(operator).get("/api/v1/group-mappings").then().statusCode(403);
    subject(operator)
        .body(grant(operator, "admin", null, null))
        .post(GRANTS)
        .then()
        .statusCode(403);
  }

  private long version() {
    return callers.accessVersion().await().atMost(Duration.ofSeconds(10));
  }
}
