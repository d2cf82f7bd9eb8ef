package dev.valet.api.realtime;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.api.testkit.DeafClient;
import dev.valet.api.testkit.EventClient;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.event.EventType;
import dev.valet.common.sandbox.Environment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.http.WebSocketHandshakeException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /api/v1/events} as clients see it. Loops are off: nothing flows but by these tests. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class EventsIT {
  private static final String ALL = "{\"subscribe\": {}}";

  @Inject Stream stream;
  @Inject Sockets sockets;

  private final List<EventClient> clients = new ArrayList<>();

  private static int port() {
    return io.restassured.RestAssured.port;
  }

  @BeforeEach
  void quiet() {
    stream.flow();
  }

  @AfterEach
  void disconnect() {
    clients.forEach(EventClient::close);
  }

  private EventClient client(String group) {
    return connect(TestTokens.as(group));
  }

  private EventClient connect(String token) {
    EventClient client = EventClient.connect(port(), token);
    clients.add(client);
    return client;
  }

  private static List<Long> numbers(List<JsonObject> messages) {
    return messages.stream().map(message -> message.getLong("seq")).toList();
  }

  private static String what(JsonObject message) {
    return message.getJsonObject("data").getString("what");
  }

  @Test
  void subscriberGetsWhatHappensFromThenOn() {
    stream.happen("before");
    stream.flow();
    EventClient client = client("viewer");
    JsonObject subscribed = client.subscribe(ALL);
    assertThat(subscribed.getString("type")).isEqualTo("subscribed");
    assertThat(subscribed.getLong("seq")).isEqualTo(stream.head());

    UUID sandbox = UUID.randomUUID();
    stream.happen(EventType.SANDBOX_PHASE, stream.dev(sandbox), "after");
    stream.flow();
    JsonObject event = client.next();
    assertThat(event.fieldNames())
        .containsExactlyInAnyOrder("seq", "type", "at", "tenantId", "sandboxId", "data");
    assertThat(event.getLong("seq")).isEqualTo(subscribed.getLong("seq") + 1);
    assertThat(event.getString("type")).isEqualTo("sandbox.phase");
    assertThat(event.getString("tenantId")).isEqualTo(stream.tenant().toString());
    assertThat(event.getString("sandboxId")).isEqualTo(sandbox.toString());
    assertThat(what(event)).isEqualTo("after");
  }

  @Test
  void whatLiesOutsideTheScopeNeverLeaves() {
    EventClient dev = client("dev-viewer");
    EventClient tenant = client("dev-auditor");
    EventClient everything = client("viewer");
    List.of(dev, tenant, everything).forEach(client -> client.subscribe(ALL));

    UUID other = UUID.randomUUID();
    UUID sandbox = UUID.randomUUID();
    EventType type = EventType.SANDBOX_CHANGED;
    stream.happen(type, EventSubject.sandbox(stream.tenant(), Environment.PROD, sandbox), "prod");
    stream.happen(type, EventSubject.sandbox(other, Environment.DEV, sandbox), "other tenant");
    stream.happen(type, new EventSubject(stream.tenant(), null, sandbox), "no environment");
    stream.happen(EventType.FLEET_FREEZE, EventSubject.fleet(), "fleet");
    stream.happen(type, stream.dev(sandbox), "mine");
    stream.flow();

    assertThat(dev.next(3))
        .extracting(EventsIT::what)
        .containsExactly("other tenant", "fleet", "mine");
    assertThat(tenant.next(2)).extracting(EventsIT::what).containsExactly("fleet", "mine");
    assertThat(everything.next(5)).hasSize(5);
    assertThat(dev.pending()).isEmpty();
    assertThat(tenant.pending()).isEmpty();
  }

  @Test
  void filtersNarrowAndMayBeChanged() {
    UUID mine = UUID.randomUUID();
    EventClient client = client("viewer");
    client.subscribe(
        "{\"subscribe\": {\"tenantId\": \"%s\", \"sandboxId\": \"%s\", \"types\": [\"sandbox.ec2\"]}}"
            .formatted(stream.tenant(), mine));
    stream.happen(EventType.SANDBOX_EC2, stream.dev(mine), "wanted");
    stream.happen(EventType.SANDBOX_EC2, stream.dev(UUID.randomUUID()), "another sandbox");
    stream.happen(EventType.SANDBOX_PHASE, stream.dev(mine), "another type");
    stream.flow();
    assertThat(what(client.next())).isEqualTo("wanted");

    JsonObject again = client.subscribe(ALL);
    assertThat(again.getString("type")).isEqualTo("subscribed");
    assertThat(again.getLong("seq")).as("filtered ones count").isEqualTo(stream.head());
    stream.happen("everything");
    stream.flow();
    assertThat(what(client.next())).isEqualTo("everything");
  }

  @Test
  void resumingClientGetsExactlyWhatItMissedFromTableAndMemory() {
    stream.happen("last seen");
    stream.flow();
    long seen = stream.head();
    stream.asOwner(
        "INSERT INTO outbox (at, type, tenant_id, environment, data) SELECT now(), 'sandbox.changed',"
            + " '%s', 'dev', jsonb_build_object('what', n) FROM generate_series(1, 750) n"
                .formatted(stream.tenant()));
    stream.flow();
    EventClient client = client("viewer");
    JsonObject subscribed =
        client.subscribe(
            "{\"subscribe\": {}, \"after\": %d, \"stream\": \"%s\"}"
                .formatted(seen, stream.text("SELECT stream::text FROM event_head")));
    assertThat(subscribed.getString("type")).isEqualTo("subscribed");
    assertThat(subscribed.getLong("seq")).isEqualTo(seen);
    assertThat(numbers(client.next(750)))
        .isEqualTo(LongStream.rangeClosed(seen + 1, seen + 750).boxed().toList());
    stream.happen("live");
    stream.flow();
    assertThat(client.next().getLong("seq")).isEqualTo(seen + 751);
  }

  @Test
  void clientThatIsAheadOfThisReplicaIsNotToldToResync() {
    EventClient client = client("viewer");
    stream.happen("seen at another replica");
    stream.relay();
    long ahead = stream.head();
    JsonObject answer = client.subscribe("{\"subscribe\": {}, \"after\": " + ahead + "}");
    assertThat(answer.getString("type")).isEqualTo("subscribed");
    stream.happen("next");
    stream.flow();
    assertThat(client.next().getLong("seq")).isEqualTo(ahead + 1);
    assertThat(client.pending()).isEmpty();
  }

  @Test
  void whatCannotBeResumedIsToldAndGoesOnFromTheHead() {
    for (int i = 0; i < 5; i++) {
      stream.happen("old");
    }
    stream.flow();
    stream.asOwner("DELETE FROM event WHERE seq < (SELECT seq - 2 FROM event_head)");
    long head = stream.head();
    for (String claim :
        List.of(
            "\"after\": " + (head - 4),
            "\"after\": " + (head + 100),
            "\"after\": " + head + ", \"stream\": \"" + UUID.randomUUID() + "\"")) {
      EventClient client = client("viewer");
      JsonObject resync = client.subscribe("{\"subscribe\": {}, " + claim + "}");
      assertThat(resync.getString("type")).as(claim).isEqualTo("resync");
      assertThat(resync.getLong("seq")).isEqualTo(stream.head());
      stream.happen("next");
      stream.flow();
      assertThat(client.next().getLong("seq")).isEqualTo(resync.getLong("seq") + 1);
    }
    EventClient oldest = client("viewer");
    JsonObject subscribed = oldest.subscribe("{\"subscribe\": {}, \"after\": " + (head - 3) + "}");
    assertThat(subscribed.getString("type")).isEqualTo("subscribed");
    assertThat(oldest.next().getLong("seq")).isEqualTo(head - 2);
  }

  @Test
  void openSocketsAreToldWhenTheDatabaseIsAnotherNow() {
    EventClient client = client("viewer");
    client.subscribe(ALL);
    stream.asOwner("UPDATE event_head SET incarnation = 'restored'");
    stream.flow();
    JsonObject resync = client.next();
    assertThat(resync.getString("type")).isEqualTo("resync");
    assertThat(resync.getString("stream"))
        .isEqualTo(stream.text("SELECT stream::text FROM event_head"));
    stream.happen("next");
    stream.flow();
    assertThat(client.next().getLong("seq")).isEqualTo(resync.getLong("seq") + 1);
  }

  @Test
  void purgeRemovesAPrefixByAgeAndByCount() {
    for (int i = 0; i < 6; i++) {
      stream.happen("kept for a while");
    }
    stream.flow();
    long head = stream.head();
    stream.asOwner(
        "UPDATE event SET at = now() - interval '30 days' WHERE seq IN (%d, %d)"
            .formatted(head - 4, head - 2));
    stream.asOwner("UPDATE event SET at = now() - interval '30 days' WHERE seq < " + (head - 4));
    stream.run("event-purge");
    assertThat(stream.number("SELECT min(seq) FROM event"))
        .as("no gap behind a younger one")
        .isEqualTo(head - 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          hello                                                | not valid JSON
          []                                                   | must be a JSON object
          {}                                                   | subscribe
          null                                                 | subscribe
          {"subscribe": {}, "from": 3}                         | from
          {"subscribe": {"tenant": "x"}}                       | subscribe.tenant
          {"subscribe": {"types": ["sandbox.gone"]}}           | sandbox.created
          {"subscribe": {"types": []}}                         | subscribe.types
          {"subscribe": {"tenantId": 7}}                       | subscribe.tenantId
          {"subscribe": {}, "after": -1}                       | after
          {"subscribe": {}, "after": "1"}                      | after
          {"subscribe": {}, "after": 99999999999999999999}     | after
          {"subscribe": {}, "stream": "main"}                  | stream
          """)
  void badMessageIsExplainedAndClosesTheSocket(String message, String named) {
    EventClient client = client("viewer");
    JsonObject error = client.subscribe(message);
    assertThat(error.getString("type")).isEqualTo("error");
    assertThat(error.getInteger("code")).isEqualTo(4400);
    assertThat(error.getString("detail")).contains(named);
    assertThat(client.closeCode()).isEqualTo(4400);
  }

  @Test
  void longBinaryAndTooManyMessagesCloseTheSocket() {
    EventClient tooLong = client("viewer");
    tooLong.send("x".repeat(9_000));
    assertThat(tooLong.closeCode()).isEqualTo(4400);
    EventClient huge = client("viewer");
    huge.send("x".repeat(400_000));
    assertThat(huge.closeCode()).isEqualTo(4400);
    EventClient binary = client("viewer");
    binary.sendBinary();
    assertThat(binary.closeCode()).isEqualTo(4400);
    EventClient chatty = client("viewer");
    for (int i = 0; i < 21; i++) {
      chatty.send(ALL);
    }
    assertThat(chatty.closeCode()).isEqualTo(4400);
  }

  @Test
  void tenantOutsideTheScopeIsRefusedAtSubscription() {
    EventClient client = client("dev-auditor");
    JsonObject error =
        client.subscribe("{\"subscribe\": {\"tenantId\": \"%s\"}}".formatted(UUID.randomUUID()));
    assertThat(error.getInteger("code")).isEqualTo(4403);
    assertThat(client.closeCode()).isEqualTo(4403);
  }

  @Test
  void upgradeNeedsAnOriginOrATokenThatMayRead() {
    given()
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
        .get("/api/v1/events")
        .then()
        .statusCode(403)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:valet:problem:forbidden"));
    assertThat(refusal("not.a.token")).isEqualTo(401);
    assertThat(refusal(TestTokens.as("nowhere"))).isEqualTo(403);
  }

  @Test
  void callerHasAtMostSoManySockets() {
    String token = TestTokens.sign(TestTokens.claims("greedy", "viewer"));
    List<EventClient> mine = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      mine.add(connect(token));
      mine.getLast().subscribe(ALL);
    }
    assertThat(refusal(token)).isEqualTo(429);
    client("viewer").subscribe(ALL);
    mine.getFirst().send("bad");
    assertThat(mine.getFirst().closeCode()).isEqualTo(4400);
    awaitSockets("greedy", 4);
    connect(token).subscribe(ALL);
  }

  @Test
  void revokedGrantClosesTheSocketAndAnotherCallersStays() {
    String subject = "granted-" + UUID.randomUUID();
    stream.asOwner(
        "INSERT INTO access_grant (id, issuer, subject, role_id, created_at)"
            + " SELECT gen_random_uuid(), 'https://issuer.test/valet', '%s', id, now()"
                .formatted(subject)
            + " FROM role WHERE name = 'viewer'");
    EventClient granted = connect(TestTokens.sign(TestTokens.claims(subject)));
    EventClient other = client("viewer");
    granted.subscribe(ALL);
    other.subscribe(ALL);
    stream.run("event-sockets");
    assertThat(granted.isOpen()).isTrue();

    stream.asOwner("DELETE FROM access_grant WHERE subject = '" + subject + "'");
    stream.run("event-sockets");
    assertThat(granted.closeCode()).isEqualTo(4401);
    stream.happen("still there");
    stream.flow();
    assertThat(what(other.next())).isEqualTo("still there");
  }

  @Test
  void tokenThatRunsOutClosesTheSocket() {
    long now = Clock.systemUTC().instant().getEpochSecond();
    EventClient client =
        connect(TestTokens.sign(TestTokens.claims("brief", "viewer").put("exp", now + 6)));
    client.subscribe(ALL);
    awaitSockets("brief", 0);
    assertThat(client.closeCode()).isEqualTo(4401);
  }

  @Test
  void clientThatTakesNothingIsDroppedAndHoldsNobodyUp() {
    String token = TestTokens.sign(TestTokens.claims("deaf", "viewer"));
    EventClient quick = client("viewer");
    quick.subscribe(ALL);
    try (DeafClient deaf = new DeafClient(port(), token, ALL)) {
      flood(quick);
    }
  }

  private void flood(EventClient quick) {
    long head = stream.head();
    stream.asOwner(
        "INSERT INTO outbox (at, type, data) SELECT now(), 'fleet.freeze',"
            + " jsonb_build_object('what', repeat('x', 10000)) FROM generate_series(1, 1500)");
    stream.flow();
    assertThat(numbers(quick.next(1500)))
        .isEqualTo(LongStream.rangeClosed(head + 1, head + 1500).boxed().toList());
    awaitSockets("deaf", 0);
    assertThat(quick.isOpen()).isTrue();
  }

  @Test
  void historyOfASandboxIsPagedNewestFirstAndOnlyForThoseWhoMayReadIt() {
    String template =
        given().auth().oauth2(TestTokens.as("viewer")).get("/api/v1/templates").path("items[0].id");
    String id =
        given()
            .auth()
            .oauth2(TestTokens.as("operator"))
            .contentType("application/json")
            .body(
                "{\"name\": \"history-%s\", \"environment\": \"prod\", \"templateId\": \"%s\"}"
                    .formatted(UUID.randomUUID().toString().substring(0, 8), template))
            .post("/api/v1/sandboxes")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    String path = "/api/v1/sandboxes/" + id + "/events";
    given()
        .auth()
        .oauth2(TestTokens.as("operator"))
        .post("/api/v1/sandboxes/" + id + "/stop")
        .then()
        .statusCode(202);
    stream.flow();

    List<String> types = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    String cursor = null;
    do {
      var request = given().auth().oauth2(TestTokens.as("viewer")).queryParam("limit", 2);
      var page = (cursor == null ? request : request.queryParam("cursor", cursor)).get(path);
      page.then().statusCode(200);
      types.addAll(page.jsonPath().getList("items.type"));
      numbers.addAll(page.jsonPath().getList("items.seq", Long.class));
      cursor = page.path("nextCursor");
    } while (cursor != null);
    assertThat(types).contains("operation.progress", "sandbox.changed").endsWith("sandbox.created");
    assertThat(numbers).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    given().auth().oauth2(TestTokens.as("dev-viewer")).get(path).then().statusCode(404);
    given().auth().oauth2(TestTokens.as("viewer")).get(path + "?cursor=x").then().statusCode(400);
  }

  private int refusal(String token) {
    try {
      connect(token);
      return 101;
    } catch (java.util.concurrent.CompletionException e) {
      assertThat(e.getCause()).isInstanceOf(WebSocketHandshakeException.class);
      var response = ((WebSocketHandshakeException) e.getCause()).getResponse();
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("application/problem+json");
      return response.statusCode();
    }
  }

  /** Lets time limits act until the caller has so many sockets. */
  private void awaitSockets(String subject, int count) {
    long until = System.nanoTime() + java.time.Duration.ofSeconds(20).toNanos();
    while (sockets.all().stream().filter(one -> one.caller().subject().equals(subject)).count()
        != count) {
      assertThat(System.nanoTime()).as("sockets of " + subject).isLessThan(until);
      stream.run("event-sockets");
    }
  }
}
