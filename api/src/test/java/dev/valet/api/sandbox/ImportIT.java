package dev.valet.api.sandbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.access.Caller;
import dev.valet.api.access.Callers;
import dev.valet.api.access.Idempotency;
import dev.valet.api.access.RememberedCaller;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.compute.ComputeError;
import dev.valet.api.compute.Instance;
import dev.valet.api.operation.OperationService;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.sandbox.lifecycle.AdoptedStatus;
import dev.valet.api.sandbox.lifecycle.FakeCompute;
import dev.valet.api.sandbox.lifecycle.LifecycleBeans;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.problem.ProblemType;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.common.sandbox.Environment;
import dev.valet.common.sandbox.ImportSandboxRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances that were launched outside Valet are adopted, or refused with the reason. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class ImportIT {
  private static final String SANDBOXES = "/api/v1/sandboxes";
  private static final String FOREIGN_TOKEN =
      "01ARZ3NDEKTSV4RRFFQ69G5FAV0123456789abcdef0123456789abcdef";

  @Inject LifecycleBeans beans;
  @Inject SandboxCreation creation;
  @Inject Adoption adoption;
  @Inject AdoptedStatus statuses;
  @Inject OperationService operations;
  @Inject Transactions transactions;
  @Inject Idempotency idempotency;
  @Inject Outbox outbox;
  @Inject AuditLog audit;
  @Inject Wakeups wakeups;
  @Inject ObjectMapper json;
  @Inject Callers callers;

  private final FakeCompute ec2 = new FakeCompute();
  private final String id = FakeCompute.newId();
  private SandboxImport imports;
  private Caller operator;
  private ImportSandboxRequest request;

  @BeforeEach
  void importer() {
    imports =
        new SandboxImport(
            creation,
            ec2,
            adoption,
            statuses,
            operations,
            transactions,
            idempotency,
            outbox,
            audit,
            wakeups,
            json);
    request =
        new ImportSandboxRequest(
            id,
            "imp-" + id,
            Environment.DEV,
            UUID.fromString(template()),
            null,
            Map.of("team", "x"));
    operator =
        beans.await(() ->
            callers.recall(
                new RememberedCaller(
                    "https://issuer.test/valet",
                    "operator",
                    "operator",
                    List.of("operator"),
                    null,
                    null)));
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }

  private static String template() {
    return as("viewer").get("/api/v1/templates").path("items[0].id");
  }

  /** The adopted sandbox. */
  private UUID adopted() {
    String location = beans.await(() -> imports.adopt(operator, null, request)).location();
    return UUID.fromString(as("viewer").get(location).path("target"));
  }

  private String operation(UUID sandbox) {
    return as("viewer")
        .get("/api/v1/operations?kind=import&target=" + sandbox)
        .path("items[0].status");
  }

  private Instance instance() {
    return ec2.instances.get(id);
  }

  @Test
  void runningInstanceIsTaggedNotRestartedAndItsHealthIsHonest() {
    ec2.put(id, Ec2Status.RUNNING, null, Map.of("Owner", "ops", "Name", "old name"));
    UUID sandbox = adopted();
    assertThat(operation(sandbox)).isEqualTo("pending");

    beans.untilPhase(ec2, sandbox, "running");

    assertThat(operation(sandbox)).isEqualTo("succeeded");
    assertThat(instance().tags())
        .containsEntry("Owner", "ops")
        .containsEntry("Name", "imp-" + id)
        .containsEntry("team", "x")
        .containsEntry("valet:sandbox", sandbox.toString())
        .containsKeys("valet:installation", "valet:tenant", "valet:environment", "valet:template")
        .doesNotContainKey("valet:launch");
    assertThat(ec2.calls).doesNotContain("launch", "start", "stop", "reboot", "terminate");
    as("viewer")
        .get(SANDBOXES + "/" + sandbox)
        .then()
        .body("ec2.instanceId", equalTo(id))
        .body("desired", equalTo("running"))
        .body("health.status", equalTo("unknown"))
        .body("conditions.type", hasItem("not_enrolled"));
    as("viewer").get(SANDBOXES + "/" + sandbox + "/health").then().body("probed", equalTo(false));
  }

  @Test
  void adoptedSandboxStopsStartsRestartsAndTerminatesAsAnyOther() {
    ec2.put(id, Ec2Status.RUNNING, null, Map.of());
    UUID sandbox = adopted();
    beans.untilPhase(ec2, sandbox, "running");
    for (Map.Entry<String, String> step :
        List.of(
            Map.entry("stop", "stopped"),
            Map.entry("start", "running"),
            Map.entry("restart", "running"),
            Map.entry("terminate", "terminated"))) {
      String operation =
          as("operator").post(SANDBOXES + "/" + sandbox + "/" + step.getKey()).path("id");
      beans.untilOperationEnds(ec2, sandbox, UUID.fromString(operation));
      as("viewer").get(SANDBOXES + "/" + sandbox).then().body("phase", equalTo(step.getValue()));
      as("viewer")
          .get("/api/v1/operations/" + operation)
          .then()
          .body("status", equalTo("succeeded"));
    }
    assertThat(instance().status()).isEqualTo(Ec2Status.TERMINATED);
    assertThat(ec2.count("reboot")).isEqualTo(1);
  }

  @Test
  void stoppedInstanceStaysStopped() {
    ec2.put(id, Ec2Status.STOPPED, null, Map.of());
    UUID sandbox = adopted();
    beans.untilPhase(ec2, sandbox, "stopped");
    assertThat(operation(sandbox)).isEqualTo("succeeded");
    assertThat(ec2.calls).doesNotContain("start");
  }

  @Test
  void importGoesOnUntilTheTagsAreSet() {
    ec2.put(id, Ec2Status.RUNNING, null, Map.of());
    ec2.fail("tag", ComputeError.UNAUTHORIZED);
    UUID sandbox = adopted();
    beans.untilPhase(ec2, sandbox, "running");
    assertThat(operation(sandbox)).isEqualTo("running");
    as("viewer")
        .get(SANDBOXES + "/" + sandbox)
        .then()
        .body("conditions.type", hasItem("tags_not_applied"));
    ec2.heal();
    beans.untilPhase(ec2, sandbox, "running");
    assertThat(operation(sandbox)).isEqualTo("succeeded");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "terminated    | -             | -                                    | terminated",
        "shutting-down | -             | -                                    | terminated",
        "pending       | -             | -                                    | wait until",
        "stopping      | -             | -                                    | wait until",
        "running       | -             | 0197f0a0-0000-7000-8000-0000000000ff | another Valet",
        "running       | " + FOREIGN_TOKEN + " | -                            | client token",
      })
  void foreignOrUnreadyInstanceIsRefused(
      String status, @Nullable String token, @Nullable String installation, String why) {
    Map<String, String> tags =
        installation == null ? Map.of() : Map.of("valet:installation", installation);
    ec2.put(id, Ec2Status.fromWire(status), token, tags);
    refused(ProblemType.CONFLICT, why);
    assertThat(instance().tags()).isEqualTo(tags);
  }

  @Test
  void instanceThatIsNotThereOrAnothersIsRefused() {
    refused(ProblemType.VALIDATION, "account 000000000000, region eu-test-1");
    ec2.put(id, Ec2Status.RUNNING, null, Map.of());
    ec2.fail("describe", ComputeError.UNKNOWN);
    refused(ProblemType.UNAVAILABLE, "EC2 could not be asked");
    ec2.heal();
    UUID sandbox = adopted();
    refused(ProblemType.CONFLICT, "sandbox " + sandbox);
  }

  private void refused(ProblemType type, String why) {
    String before = beans.text("SELECT count(*) FROM sandbox");
    assertThatThrownBy(() -> beans.await(() -> imports.adopt(operator, null, request)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(type);
              assertThat(problem.detail()).contains(why);
            });
    assertThat(beans.text("SELECT count(*) FROM sandbox")).isEqualTo(before);
  }

  @Test
  void repeatedKeyIsTheSameImport() {
    ec2.put(id, Ec2Status.RUNNING, null, Map.of());
    String key = UUID.randomUUID().toString();
    String first = beans.await(() -> imports.adopt(operator, key, request)).location();
    assertThat(beans.await(() -> imports.adopt(operator, key, request)).location())
        .isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "outbox"})
  void importIsLostAsAWholeIfItsAuditRowOrEventCannotBeWritten(String table) {
    ec2.put(id, Ec2Status.RUNNING, null, Map.of());
    Owner.withoutInsertOn(
        table,
        () ->
            assertThatThrownBy(() -> beans.await(() -> imports.adopt(operator, null, request)))
                .isNotNull());
    assertThat(beans.text("SELECT count(*) FROM sandbox_status WHERE instance_id = $1", id))
        .isEqualTo("0");
  }

  @Test
  void wrongRequestAndLackingPermissionAreRefused() {
    Map<String, Object> wrong =
        Map.of("instanceId", "i-1", "name", "a", "environment", "dev", "templateId", template());
    as("operator")
        .body(wrong)
        .post(SANDBOXES + "/import")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("instanceId"));
    as("viewer").body(wrong).post(SANDBOXES + "/import").then().statusCode(403);
  }
}
