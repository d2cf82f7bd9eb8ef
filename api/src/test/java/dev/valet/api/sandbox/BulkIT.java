package dev.valet.api.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.valet.api.operation.ItemClaim;
import dev.valet.api.sandbox.lifecycle.LifecycleBeans;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One action on many sandboxes. Loops are off: rounds are run by hand, by one or two replicas. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class BulkIT {
  private static final String SANDBOXES = "/api/v1/sandboxes";
  private static final String BULK = SANDBOXES + "/bulk";
  private static final String OPERATIONS = "/api/v1/operations/";

  @Inject LifecycleBeans beans;
  @Inject BulkRunner runner;

  private final String run = "bulk-" + UUID.randomUUID().toString().substring(0, 8);

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }

  private UUID create(String name, String environment) {
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

  private List<UUID> create(int count) {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(create("s" + i, "dev"));
    }
    return ids;
  }

  /** Copies of a sandbox that nobody has worked on. */
  private List<UUID> clones(UUID original, int count) {
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

  private static String accepted(Map<String, Object> request) {
    return as("operator")
        .body(request)
        .post(BULK)
        .then()
        .statusCode(202)
        .header("Location", startsWith(OPERATIONS))
        .extract()
        .path("id");
  }

  private static ValidatableResponse operation(String id) {
    return as("viewer").get(OPERATIONS + id).then().statusCode(200);
  }

  private void round() {
    beans.await(runner::run);
  }

  /** With nothing written anywhere, a round may not even claim. */
  private void roundThatMayFail() {
    try {
      round();
    } catch (RuntimeException expected) {
      assertThat(expected).hasMessageContaining("permission denied");
    }
  }

  /** What the reconciler would do in the end. */
  private void endSubOperations(String bulk, String status, int most) {
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

  private void leasesEnd(String bulk) {
    beans.write(tx ->
        tx.update(
            "UPDATE operation_item SET lease_until = now() - interval '1 second'"
                + " WHERE operation_id = $1::text::uuid AND lease_until IS NOT NULL",
            bulk));
  }

  private long items(String bulk, String where) {
    return Long.parseLong(
        beans.text(
            "SELECT count(*) FROM operation_item WHERE operation_id = $1::text::uuid AND " + where,
            bulk));
  }

  private void settle(UUID id, String desired, String phase) {
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

  @Test
  void dryRunSaysWhatWouldHappenToEachAndWritesNothing() {
    UUID acts = create("acts", "dev");
    UUID already = create("already", "dev");
    settle(already, "stopped", "stopped");
    UUID ending = create("ending", "dev");
    as("operator").post(SANDBOXES + "/" + ending + "/terminate").then().statusCode(202);
    UUID unknown = UUID.randomUUID();
    String before = beans.text("SELECT count(*) FROM operation");
    String audited = beans.text("SELECT count(*) FROM audit");

    JsonPath preview =
        as("operator")
            .body(
                Map.of(
                    "action",
                    "stop",
                    "dryRun",
                    true,
                    "ids",
                    List.of(acts, already, ending, unknown)))
            .post(BULK)
            .then()
            .statusCode(200)
            .body("total", equalTo(4))
            .body("acting", equalTo(1))
            .extract()
            .jsonPath();

    assertThat(detail(preview, acts)).isEqualTo("act: stop");
    assertThat(detail(preview, already)).isEqualTo("skip: already stopped");
    assertThat(detail(preview, ending)).startsWith("refuse: refused: The sandbox is being");
    assertThat(detail(preview, unknown)).isEqualTo("refuse: refused: not found");
    assertThat(beans.text("SELECT count(*) FROM operation")).isEqualTo(before);
    assertThat(beans.text("SELECT count(*) FROM audit")).isEqualTo(audited);
  }

  @Test
  void upgradeGoesToTheLatestVersionAndLeavesThoseThatAreThere() {
    UUID old = create("old", "dev");
    UUID latest = create("latest", "dev");
    UUID template = UUID.randomUUID();
    beans.write(tx ->
        tx.update(
                """
                INSERT INTO template (id, name, latest_version, created_at, updated_at)
                VALUES ($1, 'zz-' || $1::uuid, 2, now(), now())
                """,
                template)
            .chain(() ->
                tx.update(
                    """
                    INSERT INTO template_version (template_id, version, spec, created_at)
                    SELECT $1, n, v.spec, now() FROM generate_series(1, 2) AS n, sandbox d
                    JOIN template_version v
                      ON v.template_id = d.template_id AND v.version = d.template_version
                    WHERE d.id = $2
                    """,
                    template,
                    old)));
    of(old, template, 1);
    of(latest, template, 2);
    settle(latest, "running", "running");
    Map<String, Object> request = Map.of("action", "upgrade", "ids", List.of(old, latest));
    Map<String, Object> dryRun = new HashMap<>(request);
    dryRun.put("dryRun", true);
    JsonPath preview =
        as("operator").body(dryRun).post(BULK).then().statusCode(200).extract().jsonPath();
    assertThat(detail(preview, old)).isEqualTo("act: upgrade");
    assertThat(detail(preview, latest)).startsWith("skip: already of version");

    String bulk = accepted(request);
    round();
    assertThat(beans.text("SELECT kind FROM operation WHERE target = $1 AND ended_at IS NULL", old))
        .isEqualTo("upgrade");
    assertThat(beans.text("SELECT template_version FROM sandbox WHERE id = $1", old))
        .isEqualTo("2");
    assertThat(item(operation(bulk).extract().jsonPath(), latest)).doesNotStartWith("failed");
  }

  private void of(UUID sandbox, UUID template, int version) {
    beans.write(tx ->
        tx.update(
            "UPDATE sandbox SET template_id = $2, template_version = $3 WHERE id = $1",
            sandbox,
            template,
            version));
  }

  private static String detail(JsonPath preview, UUID id) {
    Map<String, Object> item = preview.getMap("items.find { it.sandboxId == '" + id + "' }");
    return item.get("effect") + ": " + item.get("detail");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-    | -       | -       | -",
        "dev  | -       | -       | -",
        "prod | pending | -       | -",
        "-    | stopped | -       | -",
        "-    | -       | unknown | -",
        "-    | pending | unknown | even",
        "dev  | pending | -       | odd",
      })
  void filterMeansWhatTheListShows(String environment, String phase, String health, String parity) {
    create("a", "dev");
    create("bb", "dev");
    create("cc", "prod");
    settle(create("d", "dev"), "stopped", "stopped");
    settle(create("ee", "dev"), "terminated", "terminated");
    Map<String, Object> filter = new HashMap<>();
    RequestSpecification list = as("operator").queryParam("limit", 200);
    Map<String, Object> simple = new HashMap<>();
    simple.put("environment", environment);
    simple.put("phase", phase);
    simple.put("health", health);
    simple.put("q", run);
    simple.put("drifted", false);
    simple.values().removeIf(value -> value == null);
    filter.putAll(simple);
    simple.forEach(list::queryParam);
    if (parity != null) {
      filter.put("tag", List.of("run:" + run, "parity:" + parity));
      list.queryParam("tag", "run:" + run).queryParam("tag", "parity:" + parity);
    }

    List<String> listed = list.get(SANDBOXES).then().statusCode(200).extract().path("items.id");
    List<String> meant =
        as("operator")
            .body(Map.of("action", "stop", "dryRun", true, "filter", filter))
            .post(BULK)
            .then()
            .statusCode(200)
            .extract()
            .path("items.sandboxId");

    assertThat(listed).isNotEmpty();
    assertThat(new TreeSet<>(meant)).isEqualTo(new TreeSet<>(listed));
  }

  @Test
  void stopOfManyWithSomeFailingSurvivesAKillAndTwoReplicasDoNothingTwice() {
    int count = 200;
    List<UUID> ids = clones(create("many", "dev"), count);
    String bulk = accepted(Map.of("action", "stop", "ids", ids, "concurrency", 70));

    List<ItemClaim> abandoned = beans.await(runner::claim);
    assertThat(abandoned).hasSize(70);
    round();
    assertThat(items(bulk, "sub_operation IS NOT NULL")).as("others hold the leases").isZero();
    leasesEnd(bulk);

    int failing = 3;
    for (int i = 0; i < 30 && items(bulk, "ended_at IS NULL") > 0; i++) {
      Uni<Void> other = beans.elsewhere(runner::run);
      beans.await(() -> Uni.join().all(runner.run(), other).andFailFast());
      assertThat(items(bulk, "status = 'running'")).isLessThanOrEqualTo(70);
      if (i == 0) {
        beans.await(() -> runner.begin(abandoned.getFirst()));
      }
      if (failing > 0) {
        endSubOperations(bulk, "failed", failing);
        failing = 0;
      }
      endSubOperations(bulk, "succeeded", count);
    }
    round();

    operation(bulk)
        .body("status", equalTo("failed"))
        .body("reason", equalTo("3 of 200 failed; the items say why"))
        .body("counts.total", equalTo(count))
        .body("counts.succeeded", equalTo(count - 3))
        .body("counts.failed", equalTo(3))
        .body("items", hasSize(100));
    as("viewer")
        .get(OPERATIONS + bulk + "/items?status=failed")
        .then()
        .body("items", hasSize(3))
        .body("items.reason", everyItem(equalTo("EC2 says no")));
    assertThat(
            beans.text(
                "SELECT count(*) FROM (SELECT sandbox_id FROM audit WHERE action = 'sandbox.stop'"
                    + " AND sandbox_id = ANY ($1) GROUP BY 1 HAVING count(*) = 1) AS once",
                (Object) ids.toArray(UUID[]::new)))
        .isEqualTo(Integer.toString(count));
    assertThat(
            beans.text(
                "SELECT count(*) FROM outbox WHERE type = 'operation.progress'"
                    + " AND data ->> 'operationId' = $1 AND data ->> 'status' = 'failed'",
                bulk))
        .as("the end is told once")
        .isEqualTo("1");
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      RequestSpecification request = as("viewer").queryParam("limit", 90);
      JsonPath page =
          (cursor == null ? request : request.queryParam("cursor", cursor))
              .get(OPERATIONS + bulk + "/items")
              .jsonPath();
      seen.addAll(page.getList("items.sandboxId"));
      cursor = page.getString("nextCursor");
    } while (cursor != null);
    assertThat(seen).doesNotHaveDuplicates().hasSize(count);
  }

  @Test
  void itemsThatCannotBeDoneStopNoOther() {
    UUID good = create("good", "dev");
    UUID stopped = create("stopped", "dev");
    settle(stopped, "stopped", "stopped");
    UUID gone = create("gone", "dev");
    settle(gone, "terminated", "terminated");
    UUID unknown = UUID.randomUUID();
    String bulk = accepted(Map.of("action", "stop", "ids", List.of(good, stopped, gone, unknown)));
    round();
    endSubOperations(bulk, "succeeded", 9);
    round();

    JsonPath done = operation(bulk).body("status", equalTo("failed")).extract().jsonPath();
    assertThat(item(done, good)).startsWith("succeeded");
    assertThat(item(done, stopped)).isEqualTo("skipped: It was stopped already");
    assertThat(item(done, gone)).startsWith("failed: The sandbox is terminated");
    as("operator")
        .get(OPERATIONS + bulk + "/items?status=failed")
        .then()
        .body("items", hasSize(2))
        .body("items.reason", org.hamcrest.Matchers.hasItem("not found"));
  }

  private static String item(JsonPath operation, UUID id) {
    Map<String, Object> item = operation.getMap("items.find { it.sandboxId == '" + id + "' }");
    return item.get("status") + ": " + item.get("reason");
  }

  @Test
  void cancelLeavesWhatHasBegunAndEndsTheRest() {
    List<UUID> ids = create(5);
    String bulk = accepted(Map.of("action", "stop", "ids", ids, "concurrency", 2));
    round();
    as("viewer").delete(OPERATIONS + bulk).then().statusCode(403);
    for (int i = 0; i < 2; i++) {
      as("operator")
          .delete(OPERATIONS + bulk)
          .then()
          .statusCode(200)
          .body("status", equalTo("running"))
          .body("counts.cancelled", equalTo(3))
          .body("counts.running", equalTo(2));
    }
    endSubOperations(bulk, "succeeded", 9);
    round();
    operation(bulk)
        .body("status", equalTo("cancelled"))
        .body("reason", containsString("3 of 5 had not begun"))
        .body("counts.succeeded", equalTo(2));
    as("operator").delete(OPERATIONS + bulk).then().statusCode(409);
    assertThat(
            beans.text(
                "SELECT count(*) FROM audit WHERE action = 'operation.cancel' AND target_id = $1",
                bulk))
        .isEqualTo("1");
  }

  @Test
  void operationOnOneSandboxIsNotCancelledButSaysWhatToDo() {
    UUID id = create("one", "dev");
    String stop = as("operator").post(SANDBOXES + "/" + id + "/stop").path("id");
    as("operator")
        .delete(OPERATIONS + stop)
        .then()
        .statusCode(409)
        .body("detail", containsString("start the sandbox"));
  }

  @Test
  void foreignSandboxesAreNotFoundAndTheOperationIsItsStartersOnly() {
    UUID mine = create("mine", "dev");
    UUID foreign = create("foreign", "prod");
    String bulk =
        as("dev-operator")
            .body(Map.of("action", "stop", "ids", List.of(mine, foreign)))
            .post(BULK)
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    round();
    JsonPath seen = as("dev-operator").get(OPERATIONS + bulk).jsonPath();
    assertThat(item(seen, foreign)).isEqualTo("failed: not found");
    assertThat(item(seen, mine)).startsWith("running");
    as("dev-viewer").get(OPERATIONS + bulk).then().statusCode(404);
    as("operator").get(OPERATIONS + bulk).then().statusCode(200);
    assertThat(beans.text("SELECT desired FROM sandbox WHERE id = $1", foreign))
        .isEqualTo("running");
    as("viewer")
        .body(Map.of("action", "stop", "ids", List.of(mine)))
        .post(BULK)
        .then()
        .statusCode(403);
  }

  @Test
  void whatTheStarterMayDoIsAskedWhenTheItemBegins() {
    UUID id = create("late", "dev");
    String bulk = accepted(Map.of("action", "terminate", "ids", List.of(id)));
    beans.write(tx ->
        tx.update(
            "UPDATE operation SET caller = jsonb_set(caller, '{groups}', '[]')"
                + " WHERE id = $1::text::uuid",
            bulk));
    round();
    round();
    operation(bulk).body("status", equalTo("failed")).body("counts.failed", equalTo(1));
    assertThat(beans.text("SELECT desired FROM sandbox WHERE id = $1", id)).isEqualTo("running");
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "outbox"})
  void requestIsLostAsAWholeIfItsAuditRowOrEventCannotBeWritten(String table) {
    UUID id = create("whole", "dev");
    String count =
        "SELECT (SELECT count(*) FROM operation) + (SELECT count(*) FROM operation_item)";
    String before = beans.text(count);
    Map<String, Object> request = Map.of("action", "stop", "ids", List.of(id));
    Owner.withoutInsertOn(
        table, () -> as("operator").body(request).post(BULK).then().statusCode(500));
    assertThat(beans.text(count)).isEqualTo(before);

    String bulk = accepted(request);
    Owner.withoutInsertOn(table, this::roundThatMayFail);
    assertThat(beans.text("SELECT desired FROM sandbox WHERE id = $1", id)).isEqualTo("running");
    assertThat(items(bulk, "sub_operation IS NULL AND ended_at IS NULL")).isEqualTo(1);
    leasesEnd(bulk);
    round();
    assertThat(beans.text("SELECT desired FROM sandbox WHERE id = $1", id)).isEqualTo("stopped");
  }

  @Test
  void repeatedKeyIsTheSameOperation() {
    Map<String, Object> request = Map.of("action", "stop", "ids", List.of(create("key", "dev")));
    String key = UUID.randomUUID().toString();
    String first =
        as("operator").header("Idempotency-Key", key).body(request).post(BULK).path("id");
    String again =
        as("operator").header("Idempotency-Key", key).body(request).post(BULK).path("id");
    assertThat(again).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\": \"stop\"}",
        "{\"action\": \"stop\", \"ids\": []}",
        "{\"action\": \"stop\", \"ids\": [null]}",
        "{\"action\": \"stop\", \"ids\": [\"x\"]}",
        "{\"action\": \"stop\", \"filter\": {\"tag\": [\"x\"]}}",
        "{\"action\": \"stop\", \"filter\": {\"size\": 1}}",
        "{\"action\": \"erase\", \"filter\": {}}",
        "{\"action\": \"stop\", \"filter\": {}, \"concurrency\": 0}",
        "{\"action\": \"stop\", \"filter\": {}, \"concurrency\": 101}",
        "{\"action\": \"stop\", \"filter\": {}, \"ids\": [\"0197f0a0-0000-7000-8000-00000000dead\"]}"
      })
  void wrongRequestIsRefused(String body) {
    as("operator").body(body).post(BULK).then().statusCode(400);
  }

  @Test
  void operationsAreListedNewestFirstByKindStatusAndTarget() {
    UUID id = create("listed", "dev");
    as("operator").post(SANDBOXES + "/" + id + "/stop").then().statusCode(202);
    as("viewer")
        .get("/api/v1/operations?target=" + id)
        .then()
        .statusCode(200)
        .body("items.kind", equalTo(List.of("stop", "create")))
        .body("items.status", equalTo(List.of("pending", "cancelled")));
    JsonPath page = as("viewer").get("/api/v1/operations?limit=1&target=" + id).jsonPath();
    as("viewer")
        .queryParam("cursor", page.getString("nextCursor"))
        .get("/api/v1/operations?limit=1&target=" + id)
        .then()
        .body("items.kind", equalTo(List.of("create")))
        .body("nextCursor", nullValue());
    String bulk = accepted(Map.of("action", "start", "ids", List.of(id)));
    as("viewer")
        .get("/api/v1/operations?kind=bulk&limit=1")
        .then()
        .body("items[0].id", equalTo(bulk))
        .body("items[0].counts.total", equalTo(1))
        .body("items[0].action", equalTo("start"));
    as("viewer").get("/api/v1/operations?kind=nothing").then().statusCode(400);
  }
}
