package dev.valet.api.sandbox.lifecycle;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;

import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.Instance;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.sandbox.Ec2Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reconciler on PostgreSQL, with an EC2 that fails as it is told. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class ReconcilerIT {
  private static final String SANDBOXES = "/api/v1/sandboxes";

  @Inject LifecycleBeans beans;

  private final FakeCompute ec2 = new FakeCompute();
  private Reconciler reconciler;
  private String name;
  private UUID id;

  @BeforeEach
  void aSandbox() {
    reconciler = beans.reconciler(ec2);
    name = "rec-" + UUID.randomUUID().toString().substring(0, 8);
    String template = as("viewer").get("/api/v1/templates").path("items[0].id");
    Map<String, Object> request =
        Map.of(
            "name",
            name,
            "environment",
            "dev",
            "templateId",
            template,
            "tags",
            Map.of("team", "x", "old", "1"));
    id =
        UUID.fromString(
            as("operator")
                .body(request)
                .post(SANDBOXES)
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }

  private String path() {
    return SANDBOXES + "/" + id;
  }

  private String phase() {
    return beans.text("SELECT phase FROM sandbox_status WHERE sandbox_id = $1", id);
  }

  private void untilPhase(String phase) {
    beans.until(reconciler, id, () -> phase().equals(phase));
  }

  private void patch(int version, Object body) {
    as("operator")
        .header("If-Match", "\"" + version + "\"")
        .body(body)
        .patch(path())
        .then()
        .statusCode(200);
  }

  private void terminate() {
    as("operator").post(path() + "/terminate").then().statusCode(202);
  }

  private Instance only() {
    assertThat(ec2.instances).hasSize(1);
    return ec2.instances.values().iterator().next();
  }

  /** Stopped before its agent made contact: settled, with an instance. */
  private void settled() {
    untilPhase("booting");
    as("operator").post(path() + "/stop").then().statusCode(202);
    untilPhase("stopped");
    beans.rounds(reconciler, id, 1);
  }

  @Test
  void changedTagsAndNameReachTheInstanceOnceAndLeaveValetsOwnAlone() {
    settled();
    Map<String, String> before = new HashMap<>(only().tags());
    assertThat(ec2.count("tag")).as("launched with its tags").isZero();

    patch(2, Map.of("name", name + "-b", "tags", Map.of("team", "y", "new", "")));
    beans.until(reconciler, id, () -> "y".equals(only().tags().get("team")));
    beans.rounds(reconciler, id, 3);

    before.remove("old");
    before.putAll(Map.of("team", "y", "new", "", "Name", name + "-b"));
    assertThat(only().tags()).isEqualTo(before);
    assertThat(ec2.count("tag")).isEqualTo(1);
    assertThat(ec2.count("untag")).isEqualTo(1);
    assertThat(audited("ec2.CreateTags", "success")).isEqualTo("1");
  }

  @Test
  void refusedTagsAreShownTriedAgainAndForgottenWhenTheyPass() {
    settled();
    ec2.fail("tag", ComputeError.UNAUTHORIZED);
    patch(2, Map.of("tags", Map.of("team", "z")));
    beans.rounds(reconciler, id, 3);
    as("viewer").get(path()).then().body("conditions.type", hasItem("tags_not_applied"));
    assertThat(audited("ec2.CreateTags", "failed")).as("once for all tries").isEqualTo("1");

    ec2.heal();
    beans.until(reconciler, id, () -> "z".equals(only().tags().get("team")));
    beans.rounds(reconciler, id, 2);
    assertThat(beans.text("SELECT conditions FROM sandbox_status WHERE sandbox_id = $1", id))
        .isEqualTo("[]");
  }

  @Test
  void terminateOfAnUnansweredLaunchEndsWhatTheReplayFinds() {
    ec2.fail("launch", ComputeError.UNKNOWN);
    beans.until(reconciler, id, () -> ec2.count("launch") > 1);
    terminate();
    ec2.heal();
    untilPhase("terminated");
    assertThat(only().status()).isEqualTo(Ec2Status.TERMINATED);
    assertThat(ec2.count("find")).isZero();
  }

  @Test
  void unansweredLaunchIsGivenUpOnlyAfterTwoCompleteListingsLongAfterTheLastSend() {
    ec2.fail("launch", ComputeError.UNKNOWN);
    beans.until(reconciler, id, () -> ec2.count("launch") > 1);
    terminate();
    beans.rounds(reconciler, id, 6);
    long sent = ec2.count("launch");
    beans.rounds(reconciler, id, 3);
    assertThat(ec2.count("launch")).as("it waits for EC2 to show it").isEqualTo(sent);
    assertThat(ec2.count("find")).isZero();
    as("viewer").get(path()).then().body("conditions.type", hasItem("launch_unresolved"));

    fiveMinutesAfterTheLastSend();
    ec2.fail("find", ComputeError.THROTTLED);
    beans.rounds(reconciler, id, 3);
    assertThat(absent()).as("a failed listing decides nothing").isEqualTo("null");
    ec2.heal().fail("launch", ComputeError.UNKNOWN);
    beans.until(reconciler, id, () -> !absent().equals("null"));
    beans.rounds(reconciler, id, 3);
    assertThat(phase()).as("one empty listing decides nothing").isNotEqualTo("terminated");

    beans.write(tx ->
        tx.update(
            "UPDATE launch_attempt SET absent_at = absent_at - interval '31 seconds'"
                + " WHERE sandbox_id = $1",
            id));
    untilPhase("terminated");
    assertThat(outcome()).isEqualTo("absent");
    assertThat(ec2.count("launch")).isEqualTo(sent);
  }

  @Test
  void conflictingLaunchKeepsItsAttemptSaysWhatToDoAndTerminateEndsItsInstance() {
    ec2.fail("launch", ComputeError.TOKEN_MISMATCH);
    untilPhase("failed");
    assertThat(beans.text("SELECT reason FROM sandbox_status WHERE sandbox_id = $1", id))
        .contains("Terminate the sandbox");
    assertThat(outcome()).isEqualTo("null");
    terminate();
    long sent = ec2.count("launch");
    beans.rounds(reconciler, id, 4);
    assertThat(phase()).isEqualTo("failed");

    String attempt = beans.text("SELECT id FROM launch_attempt WHERE sandbox_id = $1", id);
    String token = beans.text("SELECT client_token FROM launch_attempt WHERE sandbox_id = $1", id);
    Map<String, String> tags = Map.of("valet:launch", attempt);
    ec2.put("i-00000000000foreign", Ec2Status.RUNNING, "a-token-of-somebody-else", tags);
    fiveMinutesAfterTheLastSend();
    beans.rounds(reconciler, id, 3);
    assertThat(ec2.instances.get("i-00000000000foreign").status()).isEqualTo(Ec2Status.RUNNING);
    assertThat(beans.text("SELECT reason FROM sandbox_status WHERE sandbox_id = $1", id))
        .contains("i-00000000000foreign", "take the tag off");

    ec2.put("i-0000000000000ours0", Ec2Status.RUNNING, token, tags);
    untilPhase("terminated");
    assertThat(ec2.instances.get("i-0000000000000ours0").status()).isEqualTo(Ec2Status.TERMINATED);
    assertThat(ec2.instances.get("i-00000000000foreign").status()).isEqualTo(Ec2Status.RUNNING);
    assertThat(ec2.count("launch")).as("never sent again").isEqualTo(sent);
  }

  private void fiveMinutesAfterTheLastSend() {
    beans.write(tx ->
        tx.update(
            "UPDATE launch_attempt SET last_sent_at = last_sent_at - interval '5 minutes'"
                + " WHERE sandbox_id = $1",
            id));
  }

  private String outcome() {
    return beans.text("SELECT outcome FROM launch_attempt WHERE sandbox_id = $1", id);
  }

  private String absent() {
    return beans.text("SELECT absent_at FROM launch_attempt WHERE sandbox_id = $1", id);
  }

  private String audited(String action, String result) {
    return beans.text(
        "SELECT count(*) FROM audit WHERE sandbox_id = $1 AND action = $2 AND result = $3",
        id,
        action,
        result);
  }
}
