package dev.valet.api.access;

import static io.restassured.RestAssured.given;

import dev.valet.api.testkit.TestTokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Calls of the access routes, and people made for one test. */
final class AccessCalls {
  static final String GRANTS = "/api/v1/grants";
  static final String ROLES = "/api/v1/roles";
  static final String TENANTS = "/api/v1/tenants";

  private AccessCalls() {}

  static RequestSpecification admin() {
    return bearer(TestTokens.as("admin"));
  }

  /** Somebody without any group, who holds what they are granted. */
  static RequestSpecification subject(String subject) {
    return bearer(TestTokens.sign(TestTokens.claims(subject)));
  }

  private static RequestSpecification bearer(String token) {
    return given().auth().oauth2(token).contentType("application/json");
  }

  static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Fields of a grant; nulls are left out. */
  static Map<String, Object> grant(String subject, String role, String tenantId, String place) {
    Map<String, Object> grant = new HashMap<>(Map.of("subject", subject, "role", role));
    if (tenantId != null) {
      grant.put("tenantId", tenantId);
    }
    if (place != null) {
      grant.put("environment", place);
    }
    return grant;
  }

  /** Id of the grant that admin gives. */
  static String granted(String subject, String role, String tenantId, String place) {
    return admin()
        .body(grant(subject, role, tenantId, place))
        .post(GRANTS)
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  static String tenant(String slug) {
    return admin()
        .body(Map.of("slug", slug))
        .post(TENANTS)
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  static ValidatableResponse role(String name, List<String> permissions) {
    return admin().body(Map.of("name", name, "permissions", permissions)).post(ROLES).then();
  }

  static ValidatableResponse me(String subject) {
    return subject(subject).get("/api/v1/me").then();
  }
}
