package dev.valet.api.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.local.postgres.PostgresServer;
import dev.valet.local.postgres.SampleFleet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client walks through all pages of a fleet that does not stand still. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class SandboxListWalkIT {
  private static final String SANDBOXES = "/api/v1/sandboxes";
  private static final int PAGE = 40;
  private static final int LIVING = 600;
  private static final int ENDED = 200;
  private static final int CHANGES_PER_PAGE = 12;

  /** Everything that a list may be sorted by changes, and one sandbox ends. */
  private static final List<String> CHANGES =
      List.of(
          "UPDATE sandbox SET updated_at = now(), created_at = created_at - interval '9 days',"
              + " name = reverse(name) WHERE id = ANY (?)",
          "UPDATE sandbox_status SET phase = CASE phase WHEN 'running' THEN 'stopped' ELSE 'running'"
              + " END WHERE phase <> 'terminated' AND sandbox_id = ANY (?)",
          "UPDATE sandbox_health SET status = CASE status WHEN 'healthy' THEN 'unhealthy' ELSE"
              + " 'healthy' END WHERE sandbox_id = ANY (?)",
          "UPDATE sandbox_status SET phase = 'terminated' WHERE sandbox_id = (?::uuid[])[1]");

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String jdbcUrl;

  private final Random random = new Random(7);
  private Connection owner;

  @BeforeEach
  void fill() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    owner = DriverManager.getConnection(jdbcUrl, server.ownerUser(), server.ownerPassword());
    SampleFleet.add(owner, LIVING, ENDED);
  }

  @AfterEach
  void empty() throws SQLException {
    SampleFleet.remove(owner);
    owner.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "-name",
        "createdAt",
        "-createdAt",
        "updatedAt",
        "-updatedAt",
        "phase",
        "-phase",
        "health",
        "-health"
      })
  void whatDoesNotChangeDuringTheWalkIsSeenExactlyOnce(String sort) throws SQLException {
    Set<UUID> living = living();
    List<UUID> changing = new ArrayList<>(living.stream().limit(LIVING / 3).toList());
    List<UUID> seen = new ArrayList<>();
    String cursor = null;
    do {
      JsonPath page = page(sort, cursor);
      seen.addAll(page.getList("items.id", UUID.class));
      cursor = page.getString("nextCursor");
      Collections.shuffle(changing, random);
      change(changing.subList(0, CHANGES_PER_PAGE));
      create();
    } while (cursor != null);

    Set<UUID> still = new HashSet<>(living);
    changing.forEach(still::remove);
    assertThat(still).hasSizeGreaterThanOrEqualTo(LIVING / 2);
    assertThat(seen.stream().filter(still::contains)).containsExactlyInAnyOrderElementsOf(still);
  }

  private static JsonPath page(String sort, String cursor) {
    var request = as("viewer").queryParam("sort", sort).queryParam("limit", PAGE);
    return (cursor == null ? request : request.queryParam("cursor", cursor))
        .get(SANDBOXES)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static void create() {
    String template =
        as("viewer").get("/api/v1/templates").path("items.find { it.name =~ /^(?!sample-)/ }.id");
    String name = "new-" + UUID.randomUUID();
    as("operator")
        .contentType("application/json")
        .body(Map.of("name", name, "environment", "dev", "templateId", template))
        .post(SANDBOXES)
        .then()
        .statusCode(202);
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role));
  }

  /** Without those that other tests left behind. */
  private Set<UUID> living() throws SQLException {
    Set<UUID> ids = new HashSet<>();
    try (var rows =
        owner
            .createStatement()
            .executeQuery(
                "SELECT d.id FROM sandbox d JOIN tenant t ON t.id = d.tenant_id"
                    + " WHERE t.slug LIKE 'sample-%' AND NOT d.ended")) {
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
    }
    return ids;
  }

  private void change(List<UUID> ids) throws SQLException {
    for (String change : CHANGES) {
      try (PreparedStatement statement = owner.prepareStatement(change)) {
        statement.setArray(1, owner.createArrayOf("uuid", ids.toArray()));
        statement.executeUpdate();
      }
    }
  }
}
