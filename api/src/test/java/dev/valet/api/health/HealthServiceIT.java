package dev.valet.api.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.valet.api.access.Caller;
import dev.valet.api.access.Scope;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.query.Cursors;
import dev.valet.api.platform.query.ListKey;
import dev.valet.api.platform.query.Position;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.access.Permission;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.problem.ProblemType;
import dev.valet.common.sandbox.Environment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class HealthServiceIT {
  @Inject HealthBeans injected;
  @Inject HealthService service;
  @Inject Cursors cursors;

  private final SteppedTime time = new SteppedTime();
  private final UUID sandbox = UUID.randomUUID();
  private HealthBeans beans;
  private FakeAgent agent;

  @BeforeEach
  void start() {
    beans = injected.self();
    beans.reset();
    agent = new FakeAgent(sandbox);
    ProbeTarget like = Sandboxes.target(sandbox);
    beans.write(tx ->
        beans
            .targets(time)
            .set(
                tx,
                new ProbeTarget(
                    sandbox,
                    like.tenantId(),
                    like.environment(),
                    like.address(),
                    agent.port(),
                    like.bootStartedAt(),
                    like.thresholds(),
                    like.declaredParts(),
                    like.instanceId(),
                    like.zone(),
                    like.templateVersion())));
  }

  @AfterEach
  void stop() {
    agent.close();
  }

  @Test
  void manualProbeShowsItsResultAndChangesNoCounter() {
    String before = row();
    agent.breakEngine();

    ProbeNowView view = beans.await(() -> service.probe(operator(Scope.all()), sandbox));

    assertThat(view.result()).isEqualTo("degraded");
    assertThat(view.detail()).isEqualTo("chromium is failed");
    assertThat(view.agent().engines())
        .containsExactly(new AgentFacts.Engine("chromium", "failed", null));
    assertThat(row()).isEqualTo(before);
    assertThat(beans.texts("SELECT action FROM audit WHERE sandbox_id = $1", sandbox))
        .containsExactly("sandbox.health-check");
  }

  @Test
  void manualProbeOfWhatIsNotProbedIsAConflict() {
    beans.write(tx -> beans.targets(time).clear(tx, sandbox, "stopped"));

    assertProblem(
        ProblemType.CONFLICT,
        () -> beans.await(() -> service.probe(operator(Scope.all()), sandbox)));
  }

  @Test
  void sandboxOutsideTheCallersScopeDoesNotExist() {
    Scope elsewhere = Scope.of(Set.of(new Scope.Area(Sandboxes.TENANT, Environment.PROD)));

    assertProblem(
        ProblemType.NOT_FOUND,
        () -> beans.await(() -> service.show(operator(elsewhere), sandbox, 10, null)));
    assertProblem(
        ProblemType.NOT_FOUND,
        () -> beans.await(() -> service.probe(operator(elsewhere), sandbox)));
    assertProblem(
        ProblemType.NOT_FOUND,
        () -> beans.await(() -> service.show(operator(Scope.all()), UUID.randomUUID(), 10, null)));
  }

  @Test
  void readerMayNotProbe() {
    assertProblem(
        ProblemType.FORBIDDEN,
        () ->
            beans.await(
                () -> service.probe(caller(Map.of(Permission.READ, Scope.all())), sandbox)));
  }

  @Test
  void historyIsReadPageByPageEachChangeOnce() {
    for (int i = 0; i < 25; i++) {
      VerdictChange change =
          new VerdictChange(
              HealthStatus.HEALTHY, HealthStatus.UNHEALTHY, "change " + i, time.instant());
      beans.write(tx ->
          beans.log.add(
              tx,
              List.of(
                  new VerdictLog.Entry(
                      sandbox, Sandboxes.TENANT, Environment.DEV, null, 3, 1, change))));
    }
    List<String> reasons = new ArrayList<>();
    String cursor = null;
    do {
      String from = cursor;
      HealthView view = beans.await(() -> service.show(operator(Scope.all()), sandbox, 10, from));
      view.history().items().forEach(change -> reasons.add(change.reason()));
      cursor = view.history().nextCursor();
    } while (cursor != null);

    assertThat(reasons).hasSize(25).doesNotHaveDuplicates().startsWith("change 24");
  }

  @Test
  void cursorOfAnotherSandboxIsRefused() {
    for (String cursor : List.of(cursorOf(UUID.randomUUID()), "?", "AAAA", "")) {
      assertProblem(
          ProblemType.BAD_CURSOR,
          () -> beans.await(() -> service.show(operator(Scope.all()), sandbox, 10, cursor)));
    }
  }

  @Test
  void routesAnswerWhoMayAskAndRefuseTheRest() {
    String health = "/api/v1/sandboxes/" + sandbox + "/health";
    String check = "/api/v1/sandboxes/" + sandbox + "/health-check";

    as("viewer").get(health).then().statusCode(200).body("status", equalTo("unknown"));
    as("dev-viewer").get(health).then().statusCode(200).body("probed", equalTo(true));
    as("operator").post(check).then().statusCode(200).body("result", equalTo("healthy"));

    given().get(health).then().statusCode(401);
    as("viewer").post(check).then().statusCode(403);
    as("viewer").get("/api/v1/sandboxes/" + UUID.randomUUID() + "/health").then().statusCode(404);
    for (String wrong : List.of("?limit=0", "?limit=201", "?cursor=x", "?color=red")) {
      as("viewer").get(health + wrong).then().statusCode(400);
    }
    as("viewer").get("/api/v1/sandboxes/nonsense/health").then().statusCode(400);
  }

  private static RequestSpecification as(String group) {
    return given().auth().oauth2(TestTokens.as(group));
  }

  private String cursorOf(UUID other) {
    return cursors.write(
        ListKey.of("sandbox-health", "id", true, Map.of("sandbox", other)),
        new Position("7", other));
  }

  private static void assertProblem(ProblemType type, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  private static Caller operator(Scope scope) {
    return caller(Map.of(Permission.READ, scope, Permission.OPERATE, scope));
  }

  private static Caller caller(Map<Permission, Scope> permissions) {
    return new Caller("issuer", "subject", "name", List.of(), permissions, null, null);
  }

  private String row() {
    return beans.text("SELECT h::text FROM sandbox_health h WHERE sandbox_id = $1", sandbox);
  }
}
