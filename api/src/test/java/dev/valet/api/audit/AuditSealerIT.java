package dev.valet.api.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.loop.LoopRunner;
import dev.valet.api.platform.security.Actor;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import dev.valet.common.audit.AuditChain;
import dev.valet.common.audit.AuditExportLine;
import dev.valet.common.audit.ChainWalk;
import dev.valet.common.audit.SealedRow;
import dev.valet.common.sandbox.Environment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class AuditSealerIT {
  @Inject AuditLog audit;
  @Inject SealStore store;
  @Inject LoopRunner loops;
  @Inject Transactions transactions;
  @Inject Contexts contexts;
  @Inject Reads reads;
  @Inject ObjectMapper json;

  @BeforeEach
  void freshLog() {
    Owner.run("TRUNCATE audit, audit_unsealed, audit_seal, audit_checkpoint");
    Owner.run("UPDATE audit_head SET seq = 0, hash = decode(repeat('00', 32), 'hex')");
  }

  @Test
  void concurrentWritersAndTwoSealersMakeOneChain() {
    List<Uni<Void>> all = new ArrayList<>();
    for (int writer = 0; writer < 6; writer++) {
      String target = "writer-" + writer;
      all.add(writeMany(target, 50));
    }
    all.add(sealMany(20));
    all.add(sealMany(20));
    Uni.join().all(all).andFailFast().await().atMost(Duration.ofSeconds(60));
    seal();
    assertThat(text("SELECT count(*) FROM audit_unsealed")).isEqualTo("0");
    assertThat(text("SELECT count(*) FROM audit_seal")).isEqualTo("300");
    assertIntact();
  }

  @Test
  void rowThatCommitsLateIsSealedAfterThoseThatCommittedBefore() {
    Gate gate = new Gate();
    CompletableFuture<Void> late =
        contexts
            .fresh(
                () -> transactions.write(tx -> audit.record(tx, entry("late")).chain(gate::hold)))
            .subscribeAsCompletionStage();
    gate.reached.join();
    write("early");
    seal();
    gate.open.complete(null);
    late.join();
    seal();
    assertThat(
            texts(
                "SELECT a.target_id FROM audit_seal s JOIN audit a ON a.id = s.audit_id"
                    + " ORDER BY s.seq"))
        .containsExactly("early", "late");
    assertThat(texts("SELECT target_id FROM audit ORDER BY id")).containsExactly("late", "early");
    assertIntact();
  }

  @Test
  void crashBeforeTheCommitOfARoundLosesNothing() {
    write("kept");
    assertThatThrownBy(() ->
            await(() ->
                transactions.write(tx ->
                    store
                        .lockHead(tx)
                        .chain(head -> store.take(tx, 10))
                        .invoke(rows -> assertThat(rows).hasSize(1))
                        .chain(rows ->
                            Uni.createFrom().failure(new IllegalStateException("killed"))))))
        .hasMessageContaining("killed");
    seal();
    assertThat(text("SELECT count(*) FROM audit_seal")).isEqualTo("1");
    assertIntact();
  }

  @Test
  void sealerPassesWhileAnotherHasTheHeadAndWritersGoOn() {
    Gate gate = new Gate();
    CompletableFuture<Void> other =
        contexts
            .fresh(() -> transactions.write(tx -> store.lockHead(tx).chain(gate::hold)))
            .subscribeAsCompletionStage();
    gate.reached.join();
    write("meanwhile");
    seal();
    assertThat(text("SELECT count(*) FROM audit_seal")).isEqualTo("0");
    gate.open.complete(null);
    other.join();
    seal();
    assertThat(text("SELECT count(*) FROM audit_seal")).isEqualTo("1");
  }

  @Test
  void rowThatIsQueuedAgainDoesNotStopTheSealer() {
    write("one");
    seal();
    await(() ->
        transactions.write(tx -> tx.update("INSERT INTO audit_unsealed SELECT id FROM audit")));
    write("two");
    seal();
    assertThat(text("SELECT count(*) FROM audit_seal")).isEqualTo("2");
    assertThat(text("SELECT count(*) FROM audit_unsealed")).isEqualTo("0");
    assertIntact();
  }

  @Test
  void checkpointIsMadeAfterAThousandRowsOrAMinute() {
    write("first");
    seal();
    write("second");
    seal();
    assertThat(texts("SELECT seq FROM audit_checkpoint")).containsExactly("1");
    Owner.run("UPDATE audit_checkpoint SET at = at - interval '61 s'");
    write("third");
    seal();
    seal();
    assertThat(texts("SELECT seq FROM audit_checkpoint ORDER BY seq")).containsExactly("1", "3");
    writeMany("many", 1_000).await().atMost(Duration.ofSeconds(60));
    seal();
    assertThat(texts("SELECT seq FROM audit_checkpoint ORDER BY seq"))
        .containsExactly("1", "3", "1003");
  }

  @Test
  void exportIsTheChainAndIsRecorded() throws IOException {
    IntStream.range(0, 7).forEach(i -> write("row-" + i));
    seal();
    String lines = export("auditor", "");
    List<AuditExportLine> rows = lines(lines);
    assertThat(rows).hasSize(7);
    ChainWalk walk = new ChainWalk(1, AuditChain.genesis());
    rows.forEach(row -> walk.next(sealed(row)));
    assertThat(walk.findings()).isEmpty();
    assertThat(json.readTree(rows.getFirst().canonical()).get("targetId").asText())
        .isEqualTo("row-0");
    given()
        .auth()
        .oauth2(TestTokens.as("auditor"))
        .get("/api/v1/audit?action=audit.export")
        .then()
        .body("items", hasSize(1))
        .body("items[0].actor.subject", equalTo("auditor"))
        .body("items[0].after.afterSeq", equalTo(0));
  }

  @Test
  void exportOfManyPagesHasEveryRowOnce() throws IOException {
    writeMany("many", 1_201).await().atMost(Duration.ofSeconds(60));
    seal();
    List<AuditExportLine> rows = lines(export("auditor", ""));
    assertThat(rows).extracting(AuditExportLine::seq).hasSize(1_201).doesNotHaveDuplicates();
    assertThat(lines(export("auditor", "?afterSeq=1200"))).hasSize(1);
  }

  @Test
  void exportKeepsToFiltersAndScope() throws IOException {
    UUID tenant = UUID.fromString(text("SELECT id FROM tenant WHERE slug = 'default'"));
    for (Environment place : Environment.values()) {
      await(() ->
          transactions.write(
              tx -> audit.record(tx, entry("in-" + place.wire()).in(tenant, place))));
    }
    seal();
    assertThat(lines(export("auditor", ""))).hasSize(3);
    assertThat(lines(export("auditor", "?environment=prod"))).hasSize(1);
    assertThat(export("dev-auditor", "")).contains("in-dev").doesNotContain("in-prod");
    assertThat(export("dev-auditor", "?environment=prod")).isEmpty();
    given()
        .auth()
        .oauth2(TestTokens.as("viewer"))
        .get("/api/v1/audit/export")
        .then()
        .statusCode(403);
    given()
        .auth()
        .oauth2(TestTokens.as("auditor"))
        .get("/api/v1/audit/export?color=red")
        .then()
        .statusCode(400)
        .body("type", containsString("unknown-parameter"));
  }

  @Test
  void rowsOfOneRequestAreFound() {
    Actor actor = new Actor(Actor.Kind.CALLER, "issuer", "somebody", "Somebody", null, "req-77");
    await(() -> transactions.write(tx -> audit.record(tx, AuditEntry.of(actor, "test.do"))));
    write("other");
    given()
        .auth()
        .oauth2(TestTokens.as("auditor"))
        .get("/api/v1/audit?requestId=req-77")
        .then()
        .body("items", hasSize(1))
        .body("items[0].actor.requestId", equalTo("req-77"));
  }

  private static String export(String role, String query) {
    return given()
        .auth()
        .oauth2(TestTokens.as(role))
        .get("/api/v1/audit/export" + query)
        .then()
        .statusCode(200)
        .header("Content-Type", containsString("application/x-ndjson"))
        .extract()
        .asString();
  }

  private List<AuditExportLine> lines(String text) throws IOException {
    try (var lines = json.readerFor(AuditExportLine.class).<AuditExportLine>readValues(text)) {
      return lines.readAll();
    }
  }

  private static SealedRow sealed(AuditExportLine row) {
    HexFormat hex = HexFormat.of();
    return new SealedRow(
        row.seq(),
        row.auditId(),
        hex.parseHex(row.prev()),
        hex.parseHex(row.hash()),
        row.canonical().getBytes(StandardCharsets.UTF_8),
        List.of());
  }

  private static void assertIntact() {
    given()
        .auth()
        .oauth2(TestTokens.as("auditor"))
        .get("/api/v1/audit/verify")
        .then()
        .statusCode(200)
        .body("findings", hasSize(0))
        .body("intact", equalTo(true))
        .body("complete", equalTo(true));
  }

  private static AuditEntry entry(String target) {
    return AuditEntry.of(Actor.system("tester"), "test.do").on("thing", target);
  }

  private Uni<Void> writeMany(String target, int rows) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (int i = 0; i < rows; i++) {
      all = all.chain(() -> one(target));
    }
    return all;
  }

  private Uni<Void> one(String target) {
    return contexts.fresh(() -> transactions.write(tx -> audit.record(tx, entry(target))));
  }

  private Uni<Void> sealMany(int rounds) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (int i = 0; i < rounds; i++) {
      all = all.chain(() -> loops.trigger(AuditSealer.NAME));
    }
    return all;
  }

  private void write(String target) {
    one(target).await().atMost(Duration.ofSeconds(10));
  }

  private void seal() {
    loops.trigger(AuditSealer.NAME).await().atMost(Duration.ofSeconds(20));
  }

  private String text(String sql) {
    return texts(sql).getFirst();
  }

  private List<String> texts(String sql) {
    return await(() -> reads.list(sql, row -> String.valueOf(row.getValue(0))));
  }

  private <T> T await(Supplier<Uni<T>> work) {
    return contexts.fresh(work).await().atMost(Duration.ofSeconds(10));
  }

  /** Holds a transaction open until the test lets it go on. */
  private static final class Gate {
    final CompletableFuture<Void> reached = new CompletableFuture<>();
    final CompletableFuture<Void> open = new CompletableFuture<>();

    Uni<Void> hold() {
      Context context = Vertx.currentContext();
      return Uni.createFrom()
          .emitter(emitter -> {
            open.thenRun(() -> context.runOnContext(now -> emitter.complete(null)));
            reached.complete(null);
          });
    }
  }
}
