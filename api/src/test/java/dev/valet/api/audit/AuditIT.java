package dev.valet.api.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import dev.valet.api.access.Tenants;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.security.Actor;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.sandbox.Environment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class AuditIT {
  private static final String AUDIT = "/api/v1/audit";

  @Inject AuditLog audit;
  @Inject Transactions transactions;
  @Inject Contexts contexts;
  @Inject Reads reads;
  @Inject Tenants tenants;

  @Test
  void recordedActionIsShownAsItWasWritten() {
    UUID sandbox = UUID.randomUUID();
    UUID tenant = tenant();
    record(
        AuditEntry.of(Actor.system("reconciler"), "sandbox.start")
            .on("sandbox", sandbox)
            .in(tenant, Environment.PROD)
            .change(Map.of("phase", "stopped", "n", 1), Map.of("phase", "booting", "n", 2))
            .ended(AuditResult.FAILED, "no capacity"));
    auditor("auditor", "?sandboxId=" + sandbox)
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].actor.kind", equalTo("system"))
        .body("items[0].actor.subject", equalTo("reconciler"))
        .body("items[0].action", equalTo("sandbox.start"))
        .body("items[0].tenantId", equalTo(tenant.toString()))
        .body("items[0].environment", equalTo("prod"))
        .body("items[0].targetId", equalTo(sandbox.toString()))
        .body("items[0].before.phase", equalTo("stopped"))
        .body("items[0].after.n", equalTo(2))
        .body("items[0].result", equalTo("failed"))
        .body("items[0].reason", equalTo("no capacity"))
        .body("nextCursor", nullValue());
  }

  @Test
  void rowsOutsideTheScopeAreInvisible() {
    String target = UUID.randomUUID().toString();
    for (Environment environment : Environment.values()) {
      record(entry(target).in(tenant(), environment));
    }
    record(entry(target));
    auditor("auditor", "?targetId=" + target).body("items", hasSize(4));
    auditor("dev-auditor", "?targetId=" + target)
        .body("items", hasSize(1))
        .body("items.environment", contains("dev"));
    auditor("dev-auditor", "?environment=prod&targetId=" + target).body("items", hasSize(0));
  }

  @Test
  void walkThroughThePagesMeetsEveryRowOnce() {
    String target = UUID.randomUUID().toString();
    for (int i = 0; i < 7; i++) {
      record(entry(target).change(Map.of(), Map.of("i", i)));
    }
    Set<Object> seen = new HashSet<>();
    String cursor = "";
    int pages = 0;
    do {
      var page =
          auditor("auditor", "?limit=3&targetId=" + target + cursor)
              .statusCode(200)
              .body("items.size()", lessThanOrEqualTo(3))
              .extract()
              .jsonPath();
      seen.addAll(page.getList("items.id"));
      cursor = "&cursor=" + page.getString("nextCursor");
      pages++;
    } while (!cursor.equals("&cursor=null"));
    assertThat(seen).hasSize(7);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void cursorWorksWithItsOwnFiltersOnly() {
    String target = UUID.randomUUID().toString();
    record(entry(target));
    record(entry(target));
    String cursor = auditor("auditor", "?limit=1&targetId=" + target).extract().path("nextCursor");
    String altered = (cursor.charAt(0) == 'A' ? "B" : "A") + cursor.substring(1);
    for (String query :
        List.of(
            "?cursor=" + cursor,
            "?targetId=" + target + "&action=x&cursor=" + cursor,
            "?targetId=" + target + "&cursor=" + altered,
            "?targetId=" + target + "&cursor=" + cursor + "AAAA",
            "?targetId=" + target + "&cursor=AAAA",
            "?targetId=" + target + "&cursor=-")) {
      auditor("auditor", query)
          .statusCode(400)
          .body("type", equalTo("urn:valet:problem:bad-cursor"));
    }
  }

  @Test
  void filtersNarrowDown() {
    String target = UUID.randomUUID().toString();
    record(entry(target));
    for (String good :
        List.of(
            "actor=tester",
            "action=test.do",
            "targetType=thing",
            "result=success",
            "from=2020-01-01T00:00:00Z",
            "to=2100-01-01T00:00:00Z")) {
      auditor("auditor", "?targetId=" + target + "&" + good).body("items", hasSize(1));
    }
    for (String other :
        List.of(
            "actor=other",
            "action=test.undo",
            "targetType=other",
            "result=denied",
            "tenantId=" + UUID.randomUUID(),
            "to=2020-01-01T00:00:00Z",
            "from=2100-01-01T00:00:00Z",
            "to=1970-01-02T00:00:00Z")) {
      auditor("auditor", "?targetId=" + target + "&" + other)
          .statusCode(200)
          .body("items", hasSize(0));
    }
  }

  @Test
  void refusalOfAKnownCallerIsRecorded() {
    String subject = "refused-" + UUID.randomUUID();
    String token = TestTokens.sign(TestTokens.claims(subject, "viewer"));
    given().auth().oauth2(token).get(AUDIT).then().statusCode(403);
    given().auth().oauth2(token).get("/api/v1/test-echo/refused").then().statusCode(403);
    auditor("auditor", "?actor=" + subject)
        .body("items", hasSize(2))
        .body("items.action", everyItem(equalTo("access.deny")))
        .body("items.result", everyItem(equalTo("denied")))
        .body("items.targetId", contains("GET /api/v1/test-echo/refused", "GET " + AUDIT));
  }

  @Test
  void refusalsOfOneCallerDoNotFillTheLog() {
    String subject = "flood-" + UUID.randomUUID();
    String token = TestTokens.sign(TestTokens.claims(subject, "viewer"));
    for (int i = 0; i < 25; i++) {
      given().auth().oauth2(token).get(AUDIT).then().statusCode(403);
    }
    auditor("auditor", "?actor=" + subject).body("items.size()", lessThanOrEqualTo(20));
  }

  @Test
  void rowIsLostWithTheChangeThatItBelongsTo() {
    String target = UUID.randomUUID().toString();
    assertThatThrownBy(() ->
            await(() ->
                transactions.write(tx ->
                    audit
                        .record(tx, entry(target))
                        .chain(() ->
                            Uni.createFrom()
                                .failure(new IllegalStateException("changed my mind"))))))
        .hasMessageContaining("changed my mind");
    auditor("auditor", "?targetId=" + target).body("items", hasSize(0));
  }

  @Test
  void runningApiCanNeitherChangeNorRemoveRows() {
    record(entry("kept"));
    for (String sql :
        List.of(
            "UPDATE audit SET action = 'x'",
            "DELETE FROM audit",
            "TRUNCATE audit",
            "ALTER TABLE audit DISABLE ROW LEVEL SECURITY",
            "UPDATE tenant SET slug = 'x'")) {
      assertThatThrownBy(() -> await(() -> transactions.write(tx -> tx.update(sql))))
          .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
  }

  private static AuditEntry entry(String target) {
    Actor actor = new Actor(Actor.Kind.CALLER, "https://issuer", "tester", "Tester", null, null);
    return AuditEntry.of(actor, "test.do").on("thing", target);
  }

  private void record(AuditEntry entry) {
    await(() -> transactions.write(tx -> audit.record(tx, entry)));
  }

  private UUID tenant() {
    return await(tenants::defaultTenant).id();
  }

  private <T extends @Nullable Object> T await(Supplier<Uni<T>> work) {
    return contexts.fresh(work).await().atMost(Duration.ofSeconds(10));
  }

  private static ValidatableResponse auditor(String group, String query) {
    return given().auth().oauth2(TestTokens.as(group)).get(AUDIT + query).then();
  }
}
