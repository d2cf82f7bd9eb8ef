package dev.valet.api.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import dev.valet.api.sandbox.lifecycle.LifecycleBeans;
import dev.valet.api.testkit.TestTokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests of bulk operations do again and again. Loops are off: rounds are run by hand. */
abstract class BulkSteps {
  static final String SANDBOXES = "/api/v1/sandboxes";
  static final String BULK = SANDBOXES + "/bulk";
  static final String OPERATIONS = "/api/v1/operations/";

  @Inject LifecycleBeans beans;
  @Inject BulkRunner runner;

  final String run = "bulk-" + UUID.randomUUID().toString().substring(0, 8);

  static RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }

  UUID create(String name, String environment) {
    String template = as("viewer").get("/api/v1/templates").path("items[0].id");
    Map<String, Object> request =
        Map.of(
            "name",
            run + "-" + name,
            "environment",
            environment,
            "templateId",
            template,
            "tags",
            Map.of("run", run, "parity", name.length() % 2 == 0 ? "even" : "odd"));
    return UUID.fromString(
        as("operator").body(request).post(SANDBOXES).then().statusCode(202).extract().path("id"));
  }

  List<UUID> create(int count) {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(create("s" + i, "dev"));
    }
    return ids;
  }

  /** Copies of a sandbox that nobody has worked on. */
  List<UUID> clones(UUID original, int count) {
    List<UUID> ids =
        beans.write(tx ->
            tx.list(
                """
                INSERT INTO sandbox (id, tenant_id, environment, name, template_id,
                  template_version, parameters, tags, capacity, desired, generation, restart,
                  version, created_at, updated_at)
                SELECT gen_random_uuid(), tenant_id, environment, name || '-' || n, template_id,
                  template_version, parameters, tags, capacity, desired, generation, restart,
                  version, created_at, updated_at
                FROM sandbox, generate_series(1, $2) AS n WHERE id = $1 RETURNING id
                """,
                row -> row.getUUID("id"),
                original,
                count));
    beans.write(tx ->
        tx.update(
            """
            INSERT INTO sandbox_status (sandbox_id, phase, phase_since, phase_data, conditions,
              repairs, retries, observed_generation, observed_restart, observed_verdict_version,
              observed_contact_version, reconcile_after, version)
            SELECT id, phase, phase_since, phase_data, conditions, repairs, retries,
              observed_generation, observed_restart, observed_verdict_version,
              observed_contact_version, reconcile_after, version
            FROM sandbox_status, unnest($2::uuid[]) AS id WHERE sandbox_id = $1
            """,
            original,
            ids.toArray(UUID[]::new)));
    return ids;
  }

  static String accepted(Map<String, Object> request) {
    return as("operator")
        .body(request)
        .post(BULK)
        .then()
        .statusCode(202)
        .header("Location", startsWith(OPERATIONS))
        .extract()
        .path("id");
  }

  static ValidatableResponse operation(String id) {
    return as("viewer").get(OPERATIONS + id).then().statusCode(200);
  }

  void round() {
    beans.await(runner::run);
  }

  /** With nothing written anywhere, a round may not even claim. */
  void roundThatMayFail() {
    try {
      round();
    } catch (RuntimeException expected) {
      assertThat(expected).hasMessageContaining("permission denied");
    }
  }

  /** What the reconciler would do in the end. */
  void endSubOperations(String bulk, String status, int most) {
    beans.write(tx ->
        tx.update(
            """
            UPDATE operation SET status = $2, reason = CASE WHEN $2 = 'failed' THEN 'EC2 says no' END,
              ended_at = now()
            WHERE ended_at IS NULL AND id IN (SELECT sub_operation FROM operation_item
              WHERE operation_id = $1::text::uuid AND ended_at IS NULL LIMIT $3)
            """,
            bulk,
            status,
            most));
  }

  void leasesEnd(String bulk) {
    beans.write(tx ->
        tx.update(
            "UPDATE operation_item SET lease_until = now() - interval '1 second'"
                + " WHERE operation_id = $1::text::uuid AND lease_until IS NOT NULL",
            bulk));
  }

  long items(String bulk, String where) {
    return Long.parseLong(
        beans.text(
            "SELECT count(*) FROM operation_item WHERE operation_id = $1::text::uuid AND " + where,
            bulk));
  }

  void settle(UUID id, String desired, String phase) {
    beans.write(tx ->
        tx.update("UPDATE sandbox SET desired = $2 WHERE id = $1", id, desired)
            .chain(() ->
                tx.update(
                    "UPDATE sandbox_status SET phase = $2, observed_generation = (SELECT generation"
                        + " FROM sandbox WHERE id = $1) WHERE sandbox_id = $1",
                    id,
                    phase))
            .chain(() ->
                tx.update(
                    "UPDATE operation SET status = 'succeeded', ended_at = now()"
                        + " WHERE target = $1 AND ended_at IS NULL",
                    id)));
  }

  static String item(JsonPath operation, UUID id) {
    Map<String, Object> item = operation.getMap("items.find { it.sandboxId == '" + id + "' }");
    return item.get("status") + ": " + item.get("reason");
  }
}
