package dev.valet.api.template;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.testkit.TestTokens;
import dev.valet.common.template.TemplateSpec;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What tests of templates do again and again. Nobody answers for EC2 here. */
abstract class TemplateSteps {
  static final String TEMPLATES = "/api/v1/templates";

  @Inject Reads reads;
  @Inject ObjectMapper json;

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String jdbcUrl;

  static RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }

  /** Behind the seeded template, which other tests take as the first one. */
  static String unique(String name) {
    return "zz-" + name + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> body(TemplateSpec spec) {
    return json.convertValue(spec, Map.class);
  }

  Map<String, Object> request(String name) {
    Map<String, Object> request = new HashMap<>();
    request.put("name", name);
    request.put("spec", body(Specs.spec(Specs.text("url", "about:blank"))));
    return request;
  }

  JsonPath created(String name) {
    return as("admin")
        .body(request(name))
        .post(TEMPLATES)
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }

  static ValidatableResponse newVersion(String id, String tag, Object body) {
    return as("admin")
        .header("If-Match", tag)
        .body(body)
        .post(TEMPLATES + "/" + id + "/versions")
        .then();
  }

  static ValidatableResponse changed(String id, String tag, Map<String, Object> changes) {
    return newVersion(id, tag, Map.of("changes", changes));
  }

  long count(String sql) {
    return reads.first(sql, row -> row.getLong(0)).await().atMost(Duration.ofSeconds(10));
  }

  void run(String user, String password, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
