package dev.valet.api.access;

import static dev.valet.api.access.AccessCalls.GRANTS;
import static dev.valet.api.access.AccessCalls.unique;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class FirstAdminIT {
  private static final String ME = "/api/v1/me";

  /** One story, because it happens once in the life of a database. */
  @Test
  void verifiedAddressMakesOneAdministratorAndNeverAnother() {
    String first = unique("first");
    as(first, "first@valet.test", false).get(ME).then().statusCode(403);
    as(first, "first@valet.test", null).get(ME).then().statusCode(403);
    as(first, "other@valet.test", true).get(ME).then().statusCode(403);

    String grant =
        as(first, "First@Valet.test", true)
            .get(ME)
            .then()
            .statusCode(200)
            .body("roles", contains("admin"))
            .body("sources.grantId", hasItem(notNullValue()))
            .extract()
            .path("sources[0].grantId");
    // From now on the subject is the identity, whatever the address.
    as(first, "married@valet.test", true).get(ME).then().statusCode(200);
    as(unique("second"), "first@valet.test", true).get(ME).then().statusCode(403);

    AccessCalls.admin()
        .queryParam("targetId", grant)
        .get("/api/v1/audit")
        .then()
        .body("items.action", contains("grant.first-admin"))
        .body("items[0].actor.subject", equalTo(first))
        .body("items[0].after.role", equalTo("admin"));
    AccessCalls.admin().delete(GRANTS + "/" + grant).then().statusCode(204);
    as(first, "first@valet.test", true).get(ME).then().statusCode(403);
  }

  private static RequestSpecification as(String subject, String email, Boolean verified) {
    JsonObject claims = TestTokens.claims(subject).put("email", email);
    if (verified != null) {
      claims.put("email_verified", verified);
    }
    return given().auth().oauth2(TestTokens.sign(claims));
  }
}
