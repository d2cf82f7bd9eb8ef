package dev.valet.api.realtime;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.valet.api.testkit.DeafClient;
import dev.valet.api.testkit.EventClient;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.http.WebSocketHandshakeException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why the API refuses a socket of events or ends it. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class EventSocketEndsIT extends EventSteps {
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
