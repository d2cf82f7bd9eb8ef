package dev.valet.api.access;

import static dev.valet.api.access.AccessCalls.TENANTS;
import static dev.valet.api.access.AccessCalls.admin;
import static dev.valet.api.access.AccessCalls.granted;
import static dev.valet.api.access.AccessCalls.subject;
import static dev.valet.api.access.AccessCalls.tenant;
import static dev.valet.api.access.AccessCalls.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class TenantsIT {
  @Test
  void tenantIsCreatedShownAndRecorded() {
    String slug = unique("shop");
    String id = tenant(slug);
    admin().get(TENANTS + "/" + id).then().statusCode(200).body("slug", equalTo(slug));
    admin()
        .queryParam("targetId", id)
        .get("/api/v1/audit")
        .then()
        .body("items.action", contains("tenant.create"))
        .body("items[0].after.slug", equalTo(slug));
    admin()
        .body(Map.of("slug", slug))
        .post(TENANTS)
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:valet:problem:name-taken"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "A", "a_b", "a.b", "ä", "a b"})
  void wrongSlugIsRefused(String slug) {
    admin()
        .body(Map.of("slug", slug))
        .post(TENANTS)
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("slug"));
  }

  @Test
  void slugOf64CharactersIsTooLong() {
    admin().body(Map.of("slug", "a".repeat(64))).post(TENANTS).then().statusCode(400);
  }

  @Test
  void foreignTenantsDoNotExist() {
    String mine = tenant(unique("mine"));
    String other = tenant(unique("other"));
    String person = unique("person");
    granted(person, "viewer", mine, "dev");
    subject(person).get(TENANTS).then().statusCode(200).body("items.id", contains(mine));
    subject(person).get(TENANTS + "/" + mine).then().statusCode(200);
    subject(person).get(TENANTS + "/" + other).then().statusCode(404);
    subject(person).get(TENANTS + "/" + UUID.randomUUID()).then().statusCode(404);
    String everywhereInDev = unique("person");
    granted(everywhereInDev, "viewer", null, "dev");
    subject(everywhereInDev)
        .get(TENANTS + "?limit=200")
        .then()
        .body("items.id", hasItems(mine, other));
  }

  @Test
  void onlyAdminsOfEverythingCreateTenants() {
    String person = unique("person");
    granted(person, "admin", tenant(unique("tenant")), null);
    Map<String, Object> request = Map.of("slug", unique("mine"));
    subject(person).body(request).post(TENANTS).then().statusCode(403);
    String operator = unique("person");
    granted(operator, "operator", null, null);
    subject(operator).body(request).post(TENANTS).then().statusCode(403);
  }

  @Test
  void walkShowsEachTenantOnceInOrder() {
    tenant(unique("walk"));
    tenant(unique("walk"));
    List<String> slugs = new ArrayList<>();
    String cursor = null;
    do {
      var request = admin().queryParam("limit", 2);
      var page =
          (cursor == null ? request : request.queryParam("cursor", cursor))
              .get(TENANTS)
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      slugs.addAll(page.getList("items.slug"));
      cursor = page.getString("nextCursor");
    } while (cursor != null);
    assertThat(slugs).contains("default").doesNotHaveDuplicates();
  }

  @Test
  void tenantIsLostIfItsAuditRowCannotBeWritten() {
    String slug = unique("lost");
    Owner.withoutInsertOn(
        "audit", () -> admin().body(Map.of("slug", slug)).post(TENANTS).then().statusCode(500));
    tenant(slug);
  }
}
