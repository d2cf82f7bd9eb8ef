package dev.valet.api.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.valet.api.operation.ItemClaim;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One action on many sandboxes, carried out by one or two replicas. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class BulkIT extends BulkSteps {
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
