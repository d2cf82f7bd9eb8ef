package dev.valet.api.desktop;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.agent.AgentEnrolment;
import dev.valet.api.agent.AgentRegistration;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.time.Ids;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.agent.RequestToken;
import dev.valet.common.agent.VncClose;
import dev.valet.common.sandbox.Environment;
import dev.valet.local.host.Waiting;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tickets and the WebSocket of a desktop, with an agent that says back what it hears. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class DesktopIT {
  private static final String SANDBOXES = "/api/v1/sandboxes";
  private static final String BOOT = "boot-0000000000000001";

  @Inject AgentEnrolment enrolment;
  @Inject Transactions transactions;
  @Inject Contexts contexts;
  @Inject Reads reads;
  @Inject Ids ids;
  @Inject ViewerUpkeep upkeep;
  @Inject TicketPurge purge;
  @Inject Viewers viewers;

  private FakeDesktop agent;
  private UUID sandbox;

  @BeforeEach
  void aSandboxWithAnAgent() throws Exception {
    agent = new FakeDesktop();
    sandbox = sandbox();
    locate(sandbox);
  }

  @AfterEach
  void close() throws Exception {
    agent.close();
    until(() -> viewers.all().isEmpty());
  }

  @Test
  void aTicketOpensTheDesktopOnce() throws Exception {
    JsonPath ticket = ticket("operator", "control");
    assertThat(ticket.getString("path")).isEqualTo(SANDBOXES + "/" + sandbox + "/vnc");
    assertThat(ticket.getList("subprotocols"))
        .containsExactly("binary", "valet.ticket." + ticket.getString("ticket"));

    try (ViewerClient viewer = open("operator", ticket).listens()) {
      assertThat(viewer.subprotocol()).isEqualTo("binary");
      FakeDesktop.Asked asked = agent.asked();
      assertThat(asked.target()).isEqualTo("/vnc?mode=control");
      JsonObject claims = claims(asked.authorization());
      assertThat(claims.getString("aud")).isEqualTo(sandbox.toString());
      assertThat(claims.getString("boot")).isEqualTo(BOOT);
      assertThat(claims.getString("req"))
          .isEqualTo(RequestToken.hash("GET", "/vnc?mode=control", new byte[0]));
      viewer.say("hello ");
      viewer.say("there");
      until(() -> viewer.heard().equals("hello there"));
      assertThat(refusal("operator", ticket)).as("used").isEqualTo(401);
      viewer.leave();
    }

    assertThat(agent.socket()).isNotNull();
    until(() -> audited("sandbox.vnc-close") == 1);
    assertThat(audited("sandbox.vnc-ticket")).isEqualTo(1);
    assertThat(audited("sandbox.vnc-open")).isEqualTo(1);
    JsonPath end = audit("sandbox.vnc-close");
    assertThat(end.getString("items[0].actor.subject")).isEqualTo("operator");
    assertThat(end.getString("items[0].after.mode")).isEqualTo("control");
    assertThat(end.getString("items[0].after.reason")).isEqualTo("the viewer left");
    assertThat(end.getInt("items[0].after.seconds")).isBetween(0, 60);
  }

  @Test
  void whoMayOnlyReadMayOnlyLookOn() throws Exception {
    post("viewer", sandbox, "control").statusCode(403);
    try (ViewerClient viewer = open("viewer", ticket("viewer", "view"))) {
      assertThat(agent.asked().target()).isEqualTo("/vnc?mode=view");
    }
  }

  @Test
  void aTicketIsForItsCallerItsSandboxAndItsTime() throws Exception {
    JsonPath ticket = ticket("operator", "view");
    String[] protocols = protocols(ticket);
    String path = ticket.getString("path");
    UUID other = sandbox();

    assertThat(refusal("admin", ticket)).isEqualTo(401);
    assertThat(refusal(bearer("operator"), SANDBOXES + "/" + other + "/vnc", protocols))
        .isEqualTo(401);
    assertThat(refusal(bearer("operator"), SANDBOXES + "/" + UUID.randomUUID() + "/vnc", protocols))
        .isEqualTo(404);
    assertThat(refusal(bearer("operator"), SANDBOXES + "/nonsense/vnc", protocols)).isEqualTo(404);
    assertThat(refusal(bearer("operator"), path, "binary")).isEqualTo(401);
    assertThat(refusal(bearer("operator"), path, "binary", "valet.ticket.")).isEqualTo(401);
    assertThat(refusal(Map.of(), path, protocols)).as("no token, no Origin").isEqualTo(403);
    assertThat(
            refusal(
                Map.of(
                    "Authorization",
                    "Bearer " + TestTokens.as("operator"),
                    "Origin",
                    "https://evil.example"),
                path,
                protocols))
        .isEqualTo(403);
    assertThat(refusal(Map.of("Authorization", "Bearer rubbish"), path, protocols)).isEqualTo(401);

    Owner.run("UPDATE vnc_ticket SET expires_at = now() WHERE sandbox_id = '" + sandbox + "'");
    assertThat(refusal("operator", ticket)).as("too late").isEqualTo(401);

    await(purge::run);
    assertThat(count("SELECT count(*) FROM vnc_ticket WHERE expires_at <= now()")).isZero();
  }

  @Test
  void noTicketWithoutAnAgentOrASandbox() {
    post("operator", sandbox(), "view").statusCode(409);
    post("operator", UUID.randomUUID(), "view").statusCode(404);
    post("operator", sandbox, "look").statusCode(400);
  }

  @Test
  void noTicketThatIsNotAudited() {
    String tickets = "SELECT count(*) FROM vnc_ticket WHERE sandbox_id = '" + sandbox + "'";
    Owner.withoutInsertOn("audit", () -> post("operator", sandbox, "view").statusCode(500));
    assertThat(count(tickets)).isZero();

    JsonPath ticket = ticket("operator", "view");
    Owner.withoutInsertOn(
        "audit",
        () -> {
          try {
            assertThat(refusal("operator", ticket)).isEqualTo(500);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    assertThat(count(tickets)).as("and it still can be used").isOne();
  }

  @Test
  void whoLosesTheRightIsPutOut() throws Exception {
    String person = "person-" + UUID.randomUUID();
    String grant = granted(person);
    JsonPath ticket =
        given()
            .auth()
            .oauth2(token(person))
            .contentType("application/json")
            .body(Map.of("mode", "view"))
            .post(SANDBOXES + "/" + sandbox + "/vnc-tickets")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    Map<String, String> bearer = Map.of("Authorization", "Bearer " + token(person));
    try (ViewerClient viewer =
        ViewerClient.open(port(), ticket.getString("path"), bearer, protocols(ticket))) {
      agent.socket();
      await(upkeep::run);
      as("admin").delete("/api/v1/grants/" + grant).then().statusCode(204);

      until(() -> {
        await(upkeep::run);
        return viewers.all().isEmpty();
      });
      assertThat(viewer.awaitClose()).isEqualTo(VncClose.UNAUTHORIZED.code());
    }
  }

  @Test
  void whatTheAgentSaysAtTheEndReachesTheViewer() throws Exception {
    try (ViewerClient viewer = open("viewer", ticket("viewer", "view"))) {
      ServerWebSocket socket = agent.socket();
      socket.close((short) VncClose.DESKTOP_GONE.code(), "the VNC server: it ended");

      assertThat(viewer.awaitClose()).isEqualTo(VncClose.DESKTOP_GONE.code());
    }
    agent.refuse(503);
    try (ViewerClient viewer = open("viewer", ticket("viewer", "view"))) {
      assertThat(viewer.awaitClose()).isEqualTo(VncClose.DESKTOP_GONE.code());
    }
    agent.refuse(401);
    try (ViewerClient viewer = open("viewer", ticket("viewer", "view"))) {
      assertThat(viewer.awaitClose()).isEqualTo(VncClose.TRY_AGAIN_LATER.code());
    }
  }

  @Test
  void textIsNoPicture() throws Exception {
    try (ViewerClient viewer = open("viewer", ticket("viewer", "view"))) {
      agent.socket();
      viewer.sayInText("hello");
      assertThat(viewer.awaitClose()).isEqualTo(VncClose.BAD_MESSAGE.code());
    }
  }

  /** Neither heap nor kernel takes what a viewer does not. */
  @Test
  void aViewerThatReadsNothingHoldsTheAgentBack() throws Exception {
    agent.flood();
    try (ViewerClient viewer = open("viewer", ticket("viewer", "view"))) {
      ServerWebSocket socket = agent.socket();
      long[] before = {-1};
      until(() -> {
        boolean rests = socket.writeQueueFull() && agent.flooded() == before[0];
        before[0] = agent.flooded();
        return rests;
      });
      assertThat(agent.flooded()).isBetween(1L, 64L * 1024 * 1024);

      long rested = agent.flooded();
      viewer.listens();
      until(() -> agent.flooded() > rested);
    }
  }

  private UUID sandbox() {
    String template = as("viewer").get("/api/v1/templates").then().extract().path("items[0].id");
    String id =
        as("operator")
            .body(
                Map.of(
                    "name",
                    "desktop-" + UUID.randomUUID().toString().substring(0, 8),
                    "environment",
                    "dev",
                    "templateId",
                    template))
            .post(SANDBOXES)
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    return UUID.fromString(id);
  }

  private void locate(UUID id) {
    await(() ->
        transactions.write(tx ->
            enrolment
                .register(tx, new AgentRegistration(id, ids.uuid(), Environment.DEV, 1, List.of()))
                .chain(() -> enrolment.locate(tx, id, "127.0.0.1", agent.port()))));
    Owner.run(
        ("INSERT INTO agent_contact VALUES ('%s', 'i-00000000', '%s', '1.0', now(), now(), 1)")
            .formatted(id, BOOT));
  }

  private static String granted(String person) {
    return as("admin")
        .body(Map.of("subject", person, "role", "viewer"))
        .post("/api/v1/grants")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private JsonPath ticket(String role, String mode) {
    return post(role, sandbox, mode).statusCode(200).extract().jsonPath();
  }

  private static ValidatableResponse post(String role, UUID id, String mode) {
    return as(role).body(Map.of("mode", mode)).post(SANDBOXES + "/" + id + "/vnc-tickets").then();
  }

  private static ViewerClient open(String role, JsonPath ticket) throws Exception {
    return ViewerClient.open(port(), ticket.getString("path"), bearer(role), protocols(ticket));
  }

  private static int refusal(String role, JsonPath ticket) throws Exception {
    return refusal(bearer(role), ticket.getString("path"), protocols(ticket));
  }

  private static int refusal(Map<String, String> headers, String path, String... protocols)
      throws Exception {
    return ViewerClient.refusal(port(), path, headers, protocols);
  }

  private static String[] protocols(JsonPath ticket) {
    return ticket.getList("subprotocols", String.class).toArray(new String[0]);
  }

  private static RequestSpecification as(String role) {
    return given().auth().oauth2(TestTokens.as(role)).contentType("application/json");
  }

  private static String token(String person) {
    return TestTokens.sign(TestTokens.claims(person));
  }

  private static Map<String, String> bearer(String role) {
    return Map.of("Authorization", "Bearer " + TestTokens.as(role));
  }

  private static int port() {
    return RestAssured.port;
  }

  private static JsonObject claims(String authorization) {
    String claims = authorization.substring("Bearer ".length()).split("\\.")[1];
    return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(claims)));
  }

  private JsonPath audit(String action) {
    return as("auditor")
        .get("/api/v1/audit?action=" + action + "&sandboxId=" + sandbox)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private int audited(String action) {
    return audit(action).getList("items").size();
  }

  private long count(String sql) {
    return reads.first(sql, row -> row.getLong(0)).await().atMost(Duration.ofSeconds(10));
  }

  private <T> T await(Supplier<Uni<T>> work) {
    return contexts.fresh(work).await().atMost(Duration.ofSeconds(20));
  }

  private static void until(BooleanSupplier condition) {
    assertThat(Waiting.until(Duration.ofSeconds(20), Duration.ofMillis(50), condition)).isTrue();
  }
}
