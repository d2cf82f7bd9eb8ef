package dev.valet.api.agent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.time.Ids;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.agent.AgentContact;
import dev.valet.common.agent.EnrollRequest;
import dev.valet.common.sandbox.Environment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class EnrolmentIT {
  private static final String LAUNCHED = "i-0000000000000aaaa";
  private static final String CLONE = "i-0000000000000bbbb";
  private static final Instant DEADLINE = Instant.parse("2099-01-01T00:00:00Z");

  @Inject AgentEnrolment enrolment;
  @Inject Transactions transactions;
  @Inject Reads reads;
  @Inject Contexts contexts;
  @Inject Ids ids;

  private UUID sandbox;
  private UUID tenant;

  @BeforeEach
  void registerSandbox() {
    sandbox = ids.uuid();
    tenant = ids.uuid();
    write(tx ->
        enrolment.register(
            tx, new AgentRegistration(sandbox, tenant, Environment.DEV, 3, List.of("chromium"))));
  }

  @Test
  void tokenIsExchangedForACredentialThatOpensTheConfiguration() throws Exception {
    String token = issue();

    Response enrolled = enrol(token, LAUNCHED, "boot-0000000000000001");

    enrolled.then().statusCode(200).header("Cache-Control", "no-store");
    assertThat(enrolled.headers().getValues("Date")).hasSize(1);
    assertThat(enrolled.jsonPath().getInt("config.capacity")).isEqualTo(3);
    assertThat(enrolled.jsonPath().getList("config.engines")).containsExactly("chromium");
    byte[] key =
        Base64.getDecoder().decode(enrolled.jsonPath().getString("config.commandPublicKey"));
    assertThat(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)))
        .isNotNull();
    contact(enrolled.jsonPath().getString("credential"), LAUNCHED, "boot-0000000000000002")
        .then()
        .statusCode(200)
        .body("sandboxId", equalTo(sandbox.toString()))
        .body("commandPublicKey", equalTo(Base64.getEncoder().encodeToString(key)));
    assertThat(count("SELECT count(*) FROM command_key")).isEqualTo(1);
    assertThat(texts("SELECT action FROM audit WHERE sandbox_id = $1 ORDER BY at"))
        .containsExactly("agent.enrol", "agent.start");
  }

  @Test
  void aRotatedEngineTokenReachesTheAgentWithItsNextContact() throws Exception {
    String credential = enrolled();
    try {
      Files.writeString(ValetTestResource.HATCHET_TOKEN, "aaa.bbb.ccc\n");
      JsonPath first = contact(credential, LAUNCHED, "boot-0000000000000001").jsonPath();
      Files.writeString(ValetTestResource.HATCHET_TOKEN, "ddd.eee.fff\n");
      JsonPath second = contact(credential, LAUNCHED, "boot-0000000000000001").jsonPath();

      assertThat(first.getString("hatchet.token")).isEqualTo("aaa.bbb.ccc");
      assertThat(second.getString("hatchet.token")).isEqualTo("ddd.eee.fff");
      assertThat(second.getString("hatchet.tlsStrategy")).isEqualTo("tls");
      assertThat(second.getString("hatchet.labels.sandbox")).isEqualTo(sandbox.toString());
      assertThat(second.getInt("refreshSeconds")).isEqualTo(300);
    } finally {
      Files.deleteIfExists(ValetTestResource.HATCHET_TOKEN);
    }
  }

  @Test
  void workersAreLabelledWithTheTemplateOfTheirSandbox() throws Exception {
    String credential = enrolled();
    UUID template = ids.uuid();
    String none = labels(credential);
    write(tx -> addEndedSandbox(tx, template));

    assertThat(none).contains("environment").doesNotContain("template");
    assertThat(labels(credential))
        .contains("template:zz-" + template, "template-version:1", "tenant:" + tenant);
  }

  private String labels(String credential) throws Exception {
    Files.writeString(ValetTestResource.HATCHET_TOKEN, "aaa.bbb.ccc\n");
    try {
      return contact(credential, LAUNCHED, "boot-0000000000000001")
          .jsonPath()
          .getString("hatchet.labels");
    } finally {
      Files.deleteIfExists(ValetTestResource.HATCHET_TOKEN);
    }
  }

  /** Nobody else does anything about one that has ended. */
  private Uni<Integer> addEndedSandbox(Tx tx, UUID template) {
    return tx.update(
            """
            INSERT INTO template (id, name, latest_version, created_at, updated_at)
            VALUES ($1, 'zz-' || $1::uuid, 1, now(), now())
            """,
            template)
        .chain(() ->
            tx.update(
                """
                INSERT INTO template_version (template_id, version, spec, created_at)
                SELECT $1, 1, spec, now() FROM template_version LIMIT 1
                """,
                template))
        .chain(() ->
            tx.update(
                """
                INSERT INTO sandbox (id, tenant_id, environment, name, template_id, template_version,
                  parameters, tags, capacity, desired, generation, restart, version, created_at,
                  updated_at, ended)
                SELECT $1, id, 'dev', $1::uuid::text, $2, 1, '{}', '{}', 1, 'terminated', 1, 0, 1,
                  now(), now(), true
                FROM tenant LIMIT 1
                """,
                sandbox,
                template));
  }

  @Test
  void whileTheEngineTokenIsMissingOrNoneAgentsAskAgainSoon() throws Exception {
    String credential = enrolled();
    JsonPath missing = contact(credential, LAUNCHED, "boot-0000000000000001").jsonPath();
    assertThat((Object) missing.get("hatchet")).isNull();
    assertThat(missing.getInt("refreshSeconds")).isEqualTo(10);
    try {
      Files.writeString(ValetTestResource.HATCHET_TOKEN, "<html>no token</html>");
      JsonPath malformed = contact(credential, LAUNCHED, "boot-0000000000000001").jsonPath();
      assertThat((Object) malformed.get("hatchet")).isNull();
    } finally {
      Files.deleteIfExists(ValetTestResource.HATCHET_TOKEN);
    }
  }

  @Test
  void contactVersionCountsAgentProcesses() {
    String credential = enrolled();
    assertThat(contactVersion()).isEqualTo(1);

    contact(credential, LAUNCHED, "boot-0000000000000001").then().statusCode(200);
    assertThat(contactVersion()).isEqualTo(1);

    contact(credential, LAUNCHED, "boot-0000000000000002").then().statusCode(200);
    assertThat(contactVersion()).isEqualTo(2);
    assertThat(texts("SELECT boot_id FROM agent_contact WHERE sandbox_id = $1"))
        .containsExactly("boot-0000000000000002");
  }

  @Test
  void ofManyUsesOfOneTokenAtOnceExactlyOneSucceeds() throws Exception {
    String token = issue();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          IntStream.range(0, 8)
              .mapToObj(number ->
                  pool.submit(
                      () -> enrol(token, LAUNCHED, "boot-000000000000000" + number).statusCode()))
              .toList();
      int successes = 0;
      for (var call : calls) {
        int status = call.get();
        assertThat(status).isIn(200, 401);
        successes += status == 200 ? 1 : 0;
      }
      assertThat(successes).isEqualTo(1);
    }
    assertThat(texts("SELECT revoked_reason FROM agent_credential WHERE sandbox_id = $1"))
        .containsExactly("agent_token_reused");
  }

  @Test
  void secondUseOfATokenRevokesTheCredentialOnceAndSaysSo() {
    String token = issue();
    String credential =
        enrol(token, LAUNCHED, "boot-0000000000000001").jsonPath().getString("credential");

    enrol(token, CLONE, "boot-0000000000000002").then().statusCode(401);
    enrol(token, CLONE, "boot-0000000000000003").then().statusCode(401);

    contact(credential, LAUNCHED, "boot-0000000000000004").then().statusCode(401);
    assertThat(events("agent_token_reused")).isEqualTo(1);
    assertThat(texts("SELECT action FROM audit WHERE sandbox_id = $1 ORDER BY at"))
        .containsExactly("agent.enrol", "agent.revoke");
    assertThat(contactVersion()).isEqualTo(1);
  }

  @Test
  void credentialOutOfAClonedVolumeIsRefusedAndRevoked() {
    String credential = enrolled();

    contact(credential, CLONE, "boot-0000000000000002").then().statusCode(401);
    contact(credential, LAUNCHED, "boot-0000000000000003").then().statusCode(401);

    assertThat(events("agent_credential_moved")).isEqualTo(1);
    assertThat(contactVersion()).isEqualTo(1);
  }

  @Test
  void claimOfAnotherInstanceIsRevokedWhenTheLaunchIsRecorded() {
    String token = issue();
    String credential =
        enrol(token, CLONE, "boot-0000000000000001").jsonPath().getString("credential");

    write(tx -> enrolment.confirmInstance(tx, sandbox, LAUNCHED));

    contact(credential, CLONE, "boot-0000000000000002").then().statusCode(401);
    assertThat(events("agent_claimed")).isEqualTo(1);
  }

  @Test
  void claimOfTheLaunchedInstanceStaysAndOfAnEarlierLaunchEndsInSilence() {
    String credential = enrolled();
    write(tx -> enrolment.confirmInstance(tx, sandbox, LAUNCHED));
    contact(credential, LAUNCHED, "boot-0000000000000002").then().statusCode(200);

    issue();
    write(tx -> enrolment.confirmInstance(tx, sandbox, "i-0000000000000cccc"));

    contact(credential, LAUNCHED, "boot-0000000000000003").then().statusCode(401);
    assertThat(events("agent_claimed")).isZero();
  }

  @Test
  void onlyTheLaunchedInstanceMayEnrol() {
    String token = issue();
    write(tx -> enrolment.confirmInstance(tx, sandbox, LAUNCHED));

    enrol(token, CLONE, "boot-0000000000000001").then().statusCode(401);
    assertThat(events("agent_wrong_instance")).isEqualTo(1);

    enrol(token, LAUNCHED, "boot-0000000000000002").then().statusCode(200);
  }

  @Test
  void tokenIsWorthlessAfterItsEndForAnotherSandboxAndWhenReplaced() {
    String expired =
        write(tx ->
            enrolment.issueBootstrapToken(tx, sandbox, Instant.parse("2020-01-01T00:00:00Z")));
    enrol(expired, LAUNCHED, "boot-0000000000000001").then().statusCode(401);

    String old = issue();
    String current = issue();
    enrol(old, LAUNCHED, "boot-0000000000000001").then().statusCode(401);
    UUID other = sandbox;
    registerSandbox();
    enrol(current, LAUNCHED, "boot-0000000000000001").then().statusCode(401);
    sandbox = other;
    enrol(current, LAUNCHED, "boot-0000000000000001").then().statusCode(200);
  }

  @Test
  void terminatedSandboxHasNoAgent() {
    String credential = enrolled();
    String next = issue();
    write(tx -> enrolment.revoke(tx, sandbox));

    contact(credential, LAUNCHED, "boot-0000000000000002").then().statusCode(401);
    enrol(next, LAUNCHED, "boot-0000000000000002").then().statusCode(401);
  }

  @Test
  void refusalsDoNotTellWhatWasWrong() {
    given()
        .contentType("application/json")
        .body(new AgentContact(LAUNCHED, "boot-0000000000000001", "1.0"))
        .post("/agent/v1/config")
        .then()
        .statusCode(401);
    contact("x", LAUNCHED, "boot-0000000000000001").then().statusCode(401);
  }

  @Test
  void nothingSecretIsStored() {
    String token = issue();
    String credential =
        enrol(token, LAUNCHED, "boot-0000000000000001").jsonPath().getString("credential");
    for (String table :
        List.of("agent_bootstrap", "agent_credential", "agent_contact", "outbox", "audit")) {
      assertThat(allTexts("SELECT t::text FROM " + table + " t"))
          .noneMatch(row -> row.contains(token) || row.contains(credential));
    }
  }

  @Test
  void malformedCallChangesNothing() {
    String token = issue();
    enrol(token, "not-an-instance", "boot-0000000000000001").then().statusCode(400);
    enrol(token, LAUNCHED, "short").then().statusCode(400);

    enrol(token, LAUNCHED, "boot-0000000000000001").then().statusCode(200);
  }

  private String enrolled() {
    return enrol(issue(), LAUNCHED, "boot-0000000000000001").jsonPath().getString("credential");
  }

  private String issue() {
    return write(tx -> enrolment.issueBootstrapToken(tx, sandbox, DEADLINE));
  }

  private Response enrol(String token, String instance, String boot) {
    return given()
        .contentType("application/json")
        .body(new EnrollRequest(sandbox, token, instance, boot, "1.0"))
        .post("/agent/v1/enroll");
  }

  private Response contact(String credential, String instance, String boot) {
    return given()
        .contentType("application/json")
        .header("Authorization", "Bearer " + credential)
        .body(new AgentContact(instance, boot, "1.0"))
        .post("/agent/v1/config");
  }

  private long contactVersion() {
    return count("SELECT contact_version FROM agent_contact WHERE sandbox_id = $1", sandbox);
  }

  private long events(String reason) {
    return count(
        "SELECT count(*) FROM outbox WHERE sandbox_id = $1 AND data ->> 'reason' = $2",
        sandbox,
        reason);
  }

  private long count(String sql, Object... parameters) {
    return await(() -> reads.list(sql, row -> row.getLong(0), parameters)).getFirst();
  }

  private List<String> texts(String sql) {
    return await(() -> reads.list(sql, row -> row.getString(0), sandbox));
  }

  private List<String> allTexts(String sql) {
    return await(() -> reads.list(sql, row -> row.getString(0)));
  }

  private <T> T write(Function<Tx, Uni<T>> work) {
    return await(() -> transactions.write(work));
  }

  private <T> T await(java.util.function.Supplier<Uni<T>> work) {
    return contexts.fresh(work).await().atMost(Duration.ofSeconds(10));
  }
}
