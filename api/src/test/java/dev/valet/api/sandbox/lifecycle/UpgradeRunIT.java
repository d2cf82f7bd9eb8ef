package dev.valet.api.sandbox.lifecycle;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.access.Caller;
import dev.valet.api.access.Scope;
import dev.valet.api.compute.LaunchRequest;
import dev.valet.api.compute.Tags;
import dev.valet.api.operation.Operation;
import dev.valet.api.sandbox.SandboxService;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.access.Permission;
import dev.valet.common.agent.AgentContact;
import dev.valet.common.agent.EnrollRequest;
import dev.valet.common.sandbox.UpgradeSandboxRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Upgrades from the call to the new agent's first contact: the real reconciler, a made-up EC2. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class UpgradeRunIT {
  private static final Pattern TOKEN = Pattern.compile("BOOTSTRAP_TOKEN=\\W*([A-Za-z0-9_-]{43})");
  private static final int MOST_ROUNDS = 30;

  @Inject LifecycleBeans beans;
  @Inject SandboxService sandboxes;

  private RunningReconciler world;
  private FakeEc2 ec2;
  private String template;
  private final Map<String, String> credentials = new HashMap<>();

  @BeforeEach
  void begin() {
    world = new RunningReconciler(beans);
    ec2 = world.ec2;
    template = template();
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }

  private static String unique(String name) {
    return "zz-" + name + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** A copy of the seeded one. */
  private static String template() {
    String seeded = as("viewer").get("/api/v1/templates").path("items[0].id");
    return as("admin")
        .body(Map.of("name", unique("upgrade")))
        .post("/api/v1/templates/" + seeded + "/clone")
        .then()
        .statusCode(201)
        .extract()
        .path("template.id");
  }

  private int newVersion(Map<String, Object> changes) {
    String path = "/api/v1/templates/" + template;
    return as("admin")
        .header("If-Match", as("viewer").get(path).header("ETag"))
        .body(Map.of("changes", changes))
        .post(path + "/versions")
        .then()
        .statusCode(201)
        .extract()
        .path("version.version");
  }

  private UUID created() {
    String id =
        as("operator")
            .body(Map.of("name", unique("s"), "environment", "dev", "templateId", template))
            .post("/api/v1/sandboxes")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    return UUID.fromString(id);
  }

  private UUID running() {
    UUID id = created();
    until(id, "running");
    return id;
  }

  private static JsonPath view(UUID id) {
    return as("viewer").get("/api/v1/sandboxes/" + id).then().statusCode(200).extract().jsonPath();
  }

  private void until(UUID id, String phase) {
    for (int i = 0; i < MOST_ROUNDS && !view(id).getString("phase").equals(phase); i++) {
      round();
    }
    assertThat(view(id).getString("phase")).as(view(id).prettify()).isEqualTo(phase);
  }

  /** A round; then the agents of new instances enrol, as they would. */
  private void round() {
    world.round();
    for (String call : List.copyOf(ec2.calls)) {
      String instance = call.substring(call.indexOf(' ') + 1);
      if (call.startsWith("RunInstances") && !credentials.containsKey(instance)) {
        credentials.put(instance, enrolled(instance));
      }
    }
  }

  private String enrolled(String instance) {
    LaunchRequest launch = ec2.request(instance);
    Matcher token = TOKEN.matcher(launch.userData());
    assertThat(token.find()).as(launch.userData()).isTrue();
    UUID sandbox = UUID.fromString(launch.tags().get(Tags.SANDBOX));
    return given()
        .contentType("application/json")
        .body(new EnrollRequest(sandbox, token.group(1), instance, boot(), "test"))
        .post("/agent/v1/enroll")
        .then()
        .statusCode(200)
        .extract()
        .path("credential");
  }

  private static String boot() {
    return UUID.randomUUID().toString();
  }

  private int contact(String instance) {
    return given()
        .contentType("application/json")
        .header("Authorization", "Bearer " + credentials.get(instance))
        .body(new AgentContact(instance, boot(), "test"))
        .post("/agent/v1/config")
        .statusCode();
  }

  private Operation upgrade(UUID id, UpgradeSandboxRequest request) {
    Caller caller =
        new Caller(
            "https://issuer.test/valet",
            "bulk",
            "bulk",
            List.of(),
            Map.of(Permission.PROVISION, Scope.all(), Permission.TERMINATE, Scope.all()),
            null,
            null);
    return beans.await(() -> sandboxes.upgrade(caller, id, request));
  }

  private JsonPath operation(UUID id) {
    return as("viewer").get("/api/v1/operations/" + id).then().statusCode(200).extract().jsonPath();
  }

  private JsonPath ended(UUID operation) {
    for (int i = 0; i < MOST_ROUNDS && operation(operation).get("endedAt") == null; i++) {
      round();
    }
    return operation(operation);
  }

  private void assertSucceeded(UUID operation) {
    JsonPath ended = ended(operation);
    assertThat(ended.getString("status")).as(ended.prettify()).isEqualTo("succeeded");
  }

  @Test
  void twentySandboxesAreReplacedOneByOneAndNoneEverHasTwoInstances() {
    List<UUID> fleet = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      fleet.add(created());
    }
    fleet.forEach(id -> until(id, "running"));
    int version = newVersion(Map.of("imageId", "ami-0a1e7000000000002"));
    assertThat(
            as("viewer")
                .get("/api/v1/templates/" + template + "/usage")
                .jsonPath()
                .getInt("versions[0].running"))
        .isEqualTo(20);
    for (UUID id : fleet) {
      String old = view(id).getString("ec2.instanceId");
      assertThat(view(id).getString("drift.effect")).isEqualTo("replace");

      assertSucceeded(upgrade(id, new UpgradeSandboxRequest(null, null, null)).id());

      JsonPath now = view(id);
      assertThat(now.getString("ec2.instanceId")).isNotEqualTo(old);
      assertThat(now.getInt("appliedTemplateVersion")).isEqualTo(version);
      assertThat(now.getString("drift")).isNull();
      assertThat(ec2.live(id)).containsExactly(now.getString("ec2.instanceId"));
      assertThat(ec2.request(now.getString("ec2.instanceId")).imageId())
          .isEqualTo("ami-0a1e7000000000002");
    }
    assertThat(ec2.doubles).isEmpty();
    assertThat(fleet).allMatch(id -> ec2.launches(id) == 2);
    JsonPath usage = as("viewer").get("/api/v1/templates/" + template + "/usage").jsonPath();
    assertThat(usage.getList("versions")).hasSize(1);
    assertThat(usage.getInt("versions[0].wanted")).isEqualTo(20);
  }

  @Test
  void theStepsAreTheOnesOfAReplacementAndTheOldAgentIsTrustedNoMore() {
    UUID id = running();
    String old = view(id).getString("ec2.instanceId");
    newVersion(Map.of("volume", Map.of("sizeGib", 60)));
    UUID operation = upgrade(id, new UpgradeSandboxRequest(2, null, null)).id();
    until(id, "replacing");
    assertThat(contact(old)).isEqualTo(401);
    assertThat(view(id).getString("health.status")).isEqualTo("unknown");

    assertSucceeded(operation);

    assertThat(operation(operation).getString("kind")).isEqualTo("upgrade");
    assertThat(operation(operation).<String>getList("steps.name"))
        .containsExactly("draining", "replacing", "launching", "booting", "running");
    assertThat(contact(old)).isEqualTo(401);
    assertThat(contact(view(id).getString("ec2.instanceId"))).isEqualTo(200);
  }

  @Test
  void whatNeedsNoInterruptionIsAppliedToTheSameInstance() {
    UUID id = running();
    String old = view(id).getString("ec2.instanceId");
    newVersion(Map.of("health", Map.of("failures", 7), "capacity", 5));
    assertSucceeded(upgrade(id, new UpgradeSandboxRequest(null, null, null)).id());
    assertThat(view(id).getString("ec2.instanceId")).isEqualTo(old);
    assertThat(view(id).getString("phase")).isEqualTo("running");
    assertThat(view(id).getInt("capacity")).isEqualTo(5);
    assertThat(ec2.calls).noneMatch(call -> !call.startsWith("Run"));
    assertThat(thresholds(id)).isEqualTo(7);
  }

  private int thresholds(UUID id) {
    return Integer.parseInt(
        beans.text("SELECT failure_threshold FROM sandbox_health WHERE sandbox_id = $1", id));
  }

  @Test
  void newEnginesNeedARestartOfTheSameInstance() {
    UUID id = running();
    String old = view(id).getString("ec2.instanceId");
    newVersion(Map.of("engines", List.of("chromium", "firefox")));
    UUID operation = upgrade(id, new UpgradeSandboxRequest(null, null, null)).id();
    until(id, "booting");
    assertThat(contact(old)).isEqualTo(200);
    world.contactedNow(id);
    assertSucceeded(operation);
    assertThat(ec2.calls).contains("RebootInstances " + old);
    assertThat(view(id).getString("ec2.instanceId")).isEqualTo(old);
    assertThat(view(id).getInt("appliedTemplateVersion")).isEqualTo(2);
  }

  @Test
  void otherParametersReplaceTheInstance() {
    UUID id = running();
    assertSucceeded(
        upgrade(id, new UpgradeSandboxRequest(null, Map.of("locale", "de-DE"), null)).id());
    assertThat(ec2.launches(id)).isEqualTo(2);
    assertThat(ec2.request(view(id).getString("ec2.instanceId")).userData()).contains("de-DE");
    assertThat(ec2.doubles).isEmpty();
  }

  @Test
  void aStoppedSandboxTakesTheNewVersionAtItsNextStart() {
    UUID id = running();
    String old = view(id).getString("ec2.instanceId");
    as("operator").post("/api/v1/sandboxes/" + id + "/stop").then().statusCode(202);
    until(id, "stopped");
    newVersion(Map.of("imageId", "ami-0a1e7000000000002"));

    JsonPath upgrade = ended(upgrade(id, new UpgradeSandboxRequest(null, null, null)).id());

    assertThat(upgrade.getString("status")).isEqualTo("succeeded");
    assertThat(upgrade.getString("steps[-1].detail")).contains("takes effect at the next start");
    assertThat(ec2.live(id)).containsExactly(old);
    assertThat(view(id).getInt("appliedTemplateVersion")).isEqualTo(1);
    as("operator").post("/api/v1/sandboxes/" + id + "/start").then().statusCode(202);
    until(id, "running");
    assertThat(view(id).getInt("appliedTemplateVersion")).isEqualTo(2);
    assertThat(ec2.live(id)).doesNotContain(old).hasSize(1);
    assertThat(ec2.doubles).isEmpty();
  }

  @Test
  void stopDuringAReplacementWinsAndTheNextStartLaunches() {
    UUID id = running();
    newVersion(Map.of("imageId", "ami-0a1e7000000000002"));
    UUID operation = upgrade(id, new UpgradeSandboxRequest(null, null, null)).id();
    until(id, "replacing");
    as("operator").post("/api/v1/sandboxes/" + id + "/stop").then().statusCode(202);
    assertThat(operation(operation).getString("status")).isEqualTo("cancelled");
    until(id, "stopped");
    assertThat(ec2.live(id)).isEmpty();
    as("operator").post("/api/v1/sandboxes/" + id + "/start").then().statusCode(202);
    until(id, "running");
    assertThat(view(id).getInt("appliedTemplateVersion")).isEqualTo(2);
    assertThat(ec2.doubles).isEmpty();
  }

  @Test
  void terminateDuringAReplacementWins() {
    UUID id = running();
    newVersion(Map.of("imageId", "ami-0a1e7000000000002"));
    upgrade(id, new UpgradeSandboxRequest(null, null, null));
    until(id, "replacing");
    as("operator").post("/api/v1/sandboxes/" + id + "/terminate").then().statusCode(202);
    until(id, "terminated");
    assertThat(ec2.launches(id)).isEqualTo(1);
    assertThat(ec2.live(id)).isEmpty();
  }

  @Test
  void anInstanceThatEc2DoesNotTerminateFailsTheUpgradeAndStartTriesAgain() {
    UUID id = running();
    newVersion(Map.of("imageId", "ami-0a1e7000000000002"));
    ec2.refuseToTerminate(true);
    UUID operation = upgrade(id, new UpgradeSandboxRequest(null, null, null)).id();
    until(id, "replacing");
    round();
    world.pass(Duration.ofMinutes(11));
    JsonPath failed = ended(operation);
    assertThat(failed.getString("status")).as(failed.prettify()).isEqualTo("failed");
    assertThat(failed.getString("reason")).contains("did not terminate the old instance");
    assertThat(view(id).getString("phase")).isEqualTo("failed");
    assertThat(ec2.launches(id)).isEqualTo(1);

    ec2.refuseToTerminate(false);
    as("operator").post("/api/v1/sandboxes/" + id + "/start").then().statusCode(202);
    until(id, "running");
    assertThat(view(id).getInt("appliedTemplateVersion")).isEqualTo(2);
    assertThat(ec2.doubles).isEmpty();
  }

  @Test
  void aCrashAnywhereIsContinuedByAnotherProcess() {
    UUID id = running();
    newVersion(Map.of("imageId", "ami-0a1e7000000000002"));
    UUID operation = upgrade(id, new UpgradeSandboxRequest(null, null, null)).id();
    for (int i = 0; i < MOST_ROUNDS && operation(operation).get("endedAt") == null; i++) {
      world.restart();
      round();
    }
    assertThat(operation(operation).getString("status")).isEqualTo("succeeded");
    assertThat(ec2.launches(id)).isEqualTo(2);
    assertThat(ec2.doubles).isEmpty();
  }
}
