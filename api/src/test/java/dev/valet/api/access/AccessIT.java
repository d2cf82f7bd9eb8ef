package dev.valet.api.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class AccessIT {
  private static final String ME = "/api/v1/me";

  @Test
  void withoutTokenTheAnswerSaysHowToComeIn() {
    given()
        .get(ME)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", startsWith("Bearer"))
        .body("type", equalTo("urn:valet:problem:unauthorized"))
        .body("instance", equalTo(ME));
  }

  @Test
  void expiredTokenIsRefused() {
    JsonObject claims = TestTokens.claims("operator", "operator");
    refused(TestTokens.sign(claims.put("exp", claims.getLong("iat") - 60)));
  }

  @Test
  void tokenForAnotherServiceIsRefused() {
    refused(TestTokens.sign(TestTokens.claims("admin", "admin").put("aud", List.of("other"))));
  }

  @Test
  void tokenOfAnotherIssuerIsRefused() {
    refused(TestTokens.sign(TestTokens.claims("admin", "admin").put("iss", "https://evil.test")));
  }

  @Test
  void tokenOfAnotherKeyIsRefused() {
    refused(
        TestTokens.sign(TestTokens.claims("admin", "admin"), TestTokens.newKeys().getPrivate()));
  }

  @Test
  void alteredTokenIsRefused() {
    String[] parts = TestTokens.as("viewer").split("\\.");
    String[] other = TestTokens.as("admin").split("\\.");
    refused(parts[0] + "." + other[1] + "." + parts[2]);
  }

  @Test
  void unsignedTokenIsRefused() {
    String token = TestTokens.as("admin");
    String none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    refused(none + "." + token.split("\\.")[1] + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c", "....", "null"})
  void textThatIsNoTokenIsRefused(String token) {
    refused(token);
  }

  @Test
  void unknownGroupsGiveNothing() {
    as("strangers", "Admin", "admins").statusCode(403).body("status", equalTo(403));
  }

  @Test
  void groupOfATenantThatIsNotThereGivesNothing() {
    as("nowhere").statusCode(403);
  }

  @Test
  void callerSeesRolesAndWhereTheyHold() {
    as("operator")
        .statusCode(200)
        .body("subject", equalTo("operator"))
        .body("roles", contains("operator"))
        .body(
            "permissions.permission",
            contains("read", "operate", "provision", "terminate", "connect"))
        .body("permissions[0].where.size()", equalTo(1));
  }

  @Test
  void scopesOfSeveralGroupsAddUp() {
    as("dev-viewer", "dev-auditor")
        .statusCode(200)
        .body("roles", contains("auditor", "viewer"))
        .body("permissions.find { it.permission == 'read' }.where.size()", equalTo(2))
        .body("permissions.find { it.permission == 'audit' }.where.environment", hasItem("dev"));
  }

  @Test
  void routeThatDeclaresNothingIsRefusedEvenToAdmins() {
    given()
        .auth()
        .oauth2(TestTokens.as("admin"))
        .delete("/api/v1/test-echo")
        .then()
        .statusCode(403);
  }

  @Test
  void answersAreNotForCachesOrFrames() {
    var headers = as("viewer").statusCode(200).extract().headers();
    assertThat(headers.getValue("Cache-Control")).isEqualTo("no-store");
    assertThat(headers.getValue("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(headers.getValue("Content-Security-Policy")).contains("default-src 'none'");
  }

  private static ValidatableResponse as(String... groups) {
    return given().auth().oauth2(TestTokens.as(groups)).get(ME).then();
  }

  private static void refused(String token) {
    given()
        .header("Authorization", "Bearer " + token)
        .get(ME)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:valet:problem:unauthorized"));
  }
}
