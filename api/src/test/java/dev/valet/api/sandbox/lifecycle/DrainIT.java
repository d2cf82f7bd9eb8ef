package dev.valet.api.sandbox.lifecycle;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpServer;
import dev.valet.api.agent.AgentEnrolment;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stop, restart and terminate with an agent that has tasks. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class DrainIT {
  private static final String SANDBOXES = "/api/v1/sandboxes";

  @Inject LifecycleBeans beans;
  @Inject AgentEnrolment enrolment;

  private final FakeCompute ec2 = new FakeCompute();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private Reconciler reconciler;
  private HttpServer agent;
  private volatile int active = 2;
  private UUID id;

  @BeforeEach
  void aRunningSandboxWithTasks() throws IOException {
    agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.createContext(
        "/control/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes());
          told.add(exchange.getRequestURI().getPath().replace("/control/", "") + " " + body);
          byte[] answer =
              "{\"active\":%d,\"pendingEvents\":0,\"registered\":true}"
                  .formatted(active)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    agent.start();
    reconciler = beans.reconciler(ec2);
    id = create();
    until("booting");
    contact();
    until("running");
    beans.write(tx -> enrolment.locate(tx, id, "127.0.0.1", agent.getAddress().getPort()));
  }

  @AfterEach
  void close() {
    agent.stop(0);
  }

  @Test
  void aStopWaitsForTheTasksAndSaysSo() {
    String operation = ask("stop", null).then().statusCode(202).extract().path("id");
    until("draining");
    beans.rounds(reconciler, id, 3);

    assertThat(phase()).isEqualTo("draining");
    assertThat(ec2.count("stop")).isZero();
    assertThat(told).allMatch(command -> command.matches("drain \\{\"deadlineSeconds\":1[12]\\d}"));
    assertThat(told).hasSizeGreaterThan(1);
    assertThat(step(operation, "draining")).startsWith("2 tasks still running, ");

    active = 0;
    until("stopped");
    assertThat(step(operation, "draining")).isEqualTo("No task is running");
    operation(operation).then().body("status", equalTo("succeeded"));
  }

  @Test
  void forceWaitsForNothing() {
    ask("terminate", Map.of("force", true)).then().statusCode(202);

    until("terminated");
    assertThat(told).isEmpty();
  }

  @Test
  void aTerminationThatIsUnderWayIsHastenedOnce() {
    String operation = ask("terminate", null).then().statusCode(202).extract().path("id");
    until("draining");
    beans.rounds(reconciler, id, 1);

    ask("terminate", Map.of("force", true)).then().statusCode(202).body("id", equalTo(operation));
    ask("terminate", Map.of("force", true)).then().statusCode(202).body("id", equalTo(operation));

    assertThat(
            beans.texts(
                "SELECT action FROM audit WHERE sandbox_id = $1 AND action = 'sandbox.terminate'",
                id))
        .hasSize(2);
    until("terminated");
    assertThat(ec2.count("terminate")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit", "outbox"})
  void hasteThatCannotBeRecordedIsNoHaste(String table) {
    ask("terminate", null).then().statusCode(202);
    until("draining");

    Owner.withoutInsertOn(
        table, () -> ask("terminate", Map.of("force", true)).then().statusCode(500));

    assertThat(beans.text("SELECT forced FROM sandbox WHERE id = $1", id)).isEqualTo("0");
    beans.rounds(reconciler, id, 2);
    assertThat(phase()).isEqualTo("draining");
    active = 0;
    until("terminated");
  }

  @Test
  void aStopThatIsTakenBackResumesTheAgent() {
    ask("stop", null).then().statusCode(202);
    until("draining");
    beans.rounds(reconciler, id, 1);

    String start = ask("start", null).then().statusCode(202).extract().path("id");
    until("running");

    assertThat(told.getLast()).isEqualTo("resume {}");
    assertThat(ec2.count("stop")).isZero();
    operation(start).then().body("status", equalTo("succeeded"));
  }

  @Test
  void anAgentThatDiesWhileItDrainsHoldsNothingUp() {
    ask("restart", null).then().statusCode(202);
    until("draining");
    agent.stop(0);

    until("booting");
    assertThat(ec2.count("reboot")).isEqualTo(1);
  }

  @Test
  void howIsCheckedLikeAnyBody() {
    ask("stop", Map.of("force", "perhaps")).then().statusCode(400);
    ask("stop", Map.of("hurry", true)).then().statusCode(400);
    assertThat(phase()).isEqualTo("running");
  }

  private UUID create() {
    String template = as("viewer").get("/api/v1/templates").path("items[0].id");
    String name = "drain-" + UUID.randomUUID().toString().substring(0, 8);
    Map<String, Object> request =
        Map.of("name", name, "environment", "dev", "templateId", template);
    return UUID.fromString(
        as("operator").body(request).post(SANDBOXES).then().statusCode(202).extract().path("id"));
  }

  private void contact() {
    String instance =
        beans.text("SELECT instance_id FROM sandbox_status WHERE sandbox_id = $1", id);
    beans.write(tx ->
        tx.update(
            """
            INSERT INTO agent_contact (sandbox_id, instance_id, boot_id, agent_version,
              boot_seen_at, contacted_at, contact_version)
            VALUES ($1, $2, $3, '1', now(), now(), 1)
            """,
            id,
            instance,
            UUID.randomUUID().toString()));
  }

  private Response ask(String verb, Object body) {
    RequestSpecification request = as("operator");
    return (body == null ? request : request.body(body)).post(SANDBOXES + "/" + id + "/" + verb);
  }

  private Response operation(String operation) {
    return as("viewer").get("/api/v1/operations/" + operation);
  }

  private String step(String operation, String name) {
    return operation(operation).path("steps.find { it.name == '" + name + "' }.detail");
  }

  private String phase() {
    return beans.text("SELECT phase FROM sandbox_status WHERE sandbox_id = $1", id);
  }

  private void until(String phase) {
    beans.until(reconciler, id, () -> phase().equals(phase));
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }
}
