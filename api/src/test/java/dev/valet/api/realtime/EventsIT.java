package dev.valet.api.realtime;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.api.testkit.EventClient;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.event.EventType;
import dev.valet.common.sandbox.Environment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** {@code /api/v1/events} as clients see it. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class EventsIT extends EventSteps {
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
}
