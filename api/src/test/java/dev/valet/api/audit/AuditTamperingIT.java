package dev.valet.api.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.loop.LoopRunner;
import dev.valet.api.platform.security.Actor;
import dev.valet.api.testkit.Owner;
import dev.valet.api.testkit.TestTokens;
import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever owns the database tampers with the log; verification names what was done. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class AuditTamperingIT {
  private static final int ROWS = 12;

  @Inject AuditLog audit;
  @Inject LoopRunner loops;
  @Inject Transactions transactions;
  @Inject Contexts contexts;
  @Inject Reads reads;

  @BeforeEach
  void freshLog() {
    Owner.run("TRUNCATE audit, audit_unsealed, audit_seal, audit_checkpoint");
    Owner.run("UPDATE audit_head SET seq = 0, hash = decode(repeat('00', 32), 'hex')");
    for (int i = 1; i <= ROWS; i++) {
      write("row-" + i);
    }
    seal();
  }

  @Test
  void untouchedLogIsIntactAndWhollyCovered() {
    JsonPath found = verify("");
    assertThat(found.getBoolean("intact")).isTrue();
    assertThat(found.getBoolean("complete")).isTrue();
    assertThat(found.getLong("toSeq")).isEqualTo(ROWS);
    assertThat(found.getLong("rows")).isEqualTo(ROWS);
    assertThat(found.getInt("checkpoints")).isEqualTo(1);
    assertThat(found.getLong("checkpoint.seq")).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          altered   | UPDATE audit SET canonical = convert_to(replace(convert_from(canonical, 'UTF8'), 'row-5', 'row-X'), 'UTF8') WHERE id = ROW
          altered   | UPDATE audit_seal SET hash = sha256('x') WHERE seq = 5
          altered   | UPDATE audit SET actor = 'somebody' WHERE id = ROW
          altered   | UPDATE audit SET action = 'other.do' WHERE id = ROW
          altered   | UPDATE audit SET at = at - interval '1 day' WHERE id = ROW
          altered   | UPDATE audit SET tenant_id = uuidv7() WHERE id = ROW
          altered   | UPDATE audit SET environment = 'prod' WHERE id = ROW
          altered   | UPDATE audit SET target_type = 'other' WHERE id = ROW
          altered   | UPDATE audit SET target_id = 'other' WHERE id = ROW
          altered   | UPDATE audit SET sandbox_id = uuidv7() WHERE id = ROW
          altered   | UPDATE audit SET result = 'failed' WHERE id = ROW
          altered   | UPDATE audit SET request_id = 'other' WHERE id = ROW
          removed   | DELETE FROM audit WHERE id = ROW
          """)
  void tamperingWithOneRowIsNamedWithItsSealAndId(String fault, String sql) {
    String id = text("SELECT audit_id FROM audit_seal WHERE seq = 5");
    Owner.run(sql.replace("ROW", "'" + id + "'"));
    JsonPath found = verify("");
    assertThat(found.getBoolean("intact")).isFalse();
    assertThat(found.getList("findings.fault")).containsExactly(fault);
    assertThat(found.getInt("findings[0].seq")).isEqualTo(5);
    if (!sql.contains("canonical")) {
      assertThat(found.getString("findings[0].auditId")).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "{}", "null", "[1]", "{\"actor\":{}}", ""})
  void rowThatCannotBeReadDoesNotHideTheOthers(String bytes) {
    Owner.run("UPDATE audit SET canonical = '" + bytes + "' WHERE target_id = 'row-5'");
    given()
        .auth()
        .oauth2(TestTokens.as("auditor"))
        .get("/api/v1/audit?action=test.do")
        .then()
        .statusCode(200)
        .body("items", hasSize(ROWS))
        .body("items.targetId", hasItem("row-5"))
        .body("items.reason", hasItem(startsWith("This record was altered")));
    assertFound("altered", 5);
  }

  @Test
  void removedSealIsNamedAndItsRowToo() {
    String id = text("SELECT audit_id FROM audit_seal WHERE seq = 5");
    Owner.run("DELETE FROM audit_seal WHERE seq = 5");
    JsonPath found = verify("");
    assertThat(found.getList("findings.fault")).containsExactly("removed", "unsealed");
    assertThat(found.getInt("findings[0].seq")).isEqualTo(5);
    assertThat(found.getString("findings[1].auditId")).isEqualTo(id);
  }

  @Test
  void rowRemovedWithItsSealIsNamed() {
    Owner.run("DELETE FROM audit WHERE id = (SELECT audit_id FROM audit_seal WHERE seq = 5)");
    Owner.run("DELETE FROM audit_seal WHERE seq = 5");
    assertFound("removed", 5);
  }

  @Test
  void rowRemovedBeforeItWasSealedIsNamed() {
    write("late");
    Owner.run("DELETE FROM audit WHERE target_id = 'late'");
    seal();
    assertThat(verify("").getList("findings.fault")).containsExactly("removed");
  }

  @Test
  void rowInsertedPastTheLogIsNamed() {
    Owner.run(
        "INSERT INTO audit SELECT uuidv7(), at, actor, action, tenant_id, environment, target_type,"
            + " target_id, sandbox_id, result, canonical, request_id FROM audit LIMIT 1");
    assertThat(verify("").getList("findings.fault")).containsExactly("unsealed");
  }

  @Test
  void sealInsertedAtTheEndIsNamed() {
    Owner.run("INSERT INTO audit_seal VALUES (13, uuidv7(), sha256('a'), sha256('b'))");
    assertFound("inserted", 13);
  }

  @Test
  void sealInsertedInTheMiddleIsNamedThoughAllIsNumberedAnew() {
    Owner.run("UPDATE audit_seal SET seq = seq + 1000 WHERE seq >= 5");
    Owner.run("UPDATE audit_seal SET seq = seq - 999 WHERE seq >= 1000");
    write("forged");
    Owner.run("DELETE FROM audit_unsealed");
    Owner.run(
        "INSERT INTO audit_seal SELECT 5, a.id, p.hash,"
            + " sha256('\\x01'::bytea || p.hash || int8send(5) || a.canonical)"
            + " FROM audit a, audit_seal p WHERE a.target_id = 'forged' AND p.seq = 4");
    Owner.run("UPDATE audit_head SET seq = 13");
    Owner.run("TRUNCATE audit_checkpoint");
    assertFound("inserted", 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit_id", "seq"})
  void reorderedSealsAreNamed(String column) {
    if (column.equals("seq")) {
      Owner.run("UPDATE audit_seal SET seq = 1000 WHERE seq = 5");
      Owner.run("UPDATE audit_seal SET seq = 5 WHERE seq = 9");
      Owner.run("UPDATE audit_seal SET seq = 9 WHERE seq = 1000");
    } else {
      Owner.run(
          "CREATE TEMP TABLE old AS SELECT * FROM audit_seal WHERE seq IN (5, 9);"
              + " DELETE FROM audit_seal WHERE seq IN (5, 9);"
              + " INSERT INTO audit_seal SELECT a.seq, b.audit_id, a.prev, a.hash"
              + " FROM old a JOIN old b ON b.seq <> a.seq");
    }
    assertReordered();
  }

  @Test
  void reorderedRowsAreNamed() {
    Owner.run(
        "UPDATE audit a SET canonical = b.canonical FROM audit b, audit_seal s, audit_seal t"
            + " WHERE a.id = s.audit_id AND b.id = t.audit_id"
            + " AND (s.seq, t.seq) IN ((5, 9), (9, 5))");
    assertReordered();
  }

  @Test
  void cutTailIsNamedByTheHead() {
    cutTail();
    JsonPath found = verify("");
    assertThat(found.getList("findings.fault")).containsExactly("cut_tail");
    assertThat(found.getInt("findings[0].seq")).isEqualTo(9);
    assertThat(found.getInt("findings[0].toSeq")).isEqualTo(ROWS);
  }

  @Test
  void cutTailIsNamedByTheStoredCheckpointIfTheHeadLies() {
    cutTail();
    moveHeadToLastSeal();
    JsonPath found = verify("");
    assertThat(found.getList("findings.fault")).containsExactly("cut_tail");
    assertThat(found.getString("findings[0].detail")).contains("checkpoint");
  }

  @Test
  void cutTailShowsWithAKeptCheckpointEvenIfNothingElseIsLeftOfIt() {
    String kept = kept();
    cutTail();
    moveHeadToLastSeal();
    Owner.run("TRUNCATE audit_checkpoint");
    assertThat(verify("").getBoolean("intact")).isTrue();
    JsonPath found = verify(kept);
    assertThat(found.getList("findings.fault")).containsExactly("cut_tail");
    assertThat(found.getInt("findings[0].toSeq")).isEqualTo(ROWS);
  }

  @Test
  void chainMadeAnewShowsInTheCheckpoint() {
    String kept = kept();
    Owner.run("DELETE FROM audit WHERE target_id = 'row-5'");
    Owner.run("TRUNCATE audit_seal, audit_unsealed");
    Owner.run("UPDATE audit_head SET seq = 0, hash = decode(repeat('00', 32), 'hex')");
    Owner.run("INSERT INTO audit_unsealed SELECT id FROM audit");
    write("filler");
    seal();
    assertThat(verify("").getList("findings.fault")).containsExactly("altered");
    Owner.run("TRUNCATE audit_checkpoint");
    assertThat(verify("").getBoolean("intact")).isTrue();
    assertThat(verify(kept).getList("findings.fault")).containsExactly("altered");
  }

  @Test
  void forgedCheckpointIsNamed() {
    Owner.run("UPDATE audit_checkpoint SET hash = repeat('a', 64)");
    assertFound("bad_signature", ROWS);
    Owner.run("UPDATE audit_checkpoint SET key = 'unknown'");
    assertFound("bad_signature", ROWS);
  }

  @Test
  void forgedCheckpointOfALaterSealDoesNotKeepOursFromBeingMade() {
    Owner.run(
        "UPDATE audit_checkpoint SET at = at - interval '1 hour';"
            + " INSERT INTO audit_checkpoint SELECT 1000000, hash, at, key, signature"
            + " FROM audit_checkpoint");
    write("more");
    seal();
    assertThat(text("SELECT count(*) FROM audit_checkpoint WHERE seq = 13")).isEqualTo("1");
  }

  @Test
  void alteredHeadIsNamed() {
    Owner.run("UPDATE audit_head SET hash = sha256('x')");
    assertFound("altered", ROWS);
  }

  @Test
  void rowThatWaitsForLongIsNamed() {
    write("stuck");
    assertThat(verify("").getBoolean("intact")).isTrue();
    Owner.run("UPDATE audit SET at = at - interval '61 s' WHERE target_id = 'stuck'");
    assertThat(verify("").getList("findings.fault")).containsExactly("unsealed");
  }

  @Test
  void verificationInPartsFindsTheSame() {
    Owner.run("UPDATE audit SET actor = 'x' WHERE target_id = 'row-7'");
    Owner.run(
        "INSERT INTO audit SELECT uuidv7(), at, actor, action, tenant_id, environment, target_type,"
            + " target_id, sandbox_id, result, canonical, request_id FROM audit LIMIT 1");
    List<Object> faults = new java.util.ArrayList<>();
    int calls = 0;
    String cursor = "";
    JsonPath part;
    do {
      part = verify("limit=5" + cursor);
      faults.addAll(part.getList("findings.fault"));
      cursor = "&cursor=" + part.getString("nextCursor");
      calls++;
    } while (part.getString("nextCursor") != null);
    assertThat(faults).containsExactly("altered", "unsealed");
    assertThat(part.getBoolean("complete")).isTrue();
    assertThat(calls).isBetween(6, 7);
  }

  @Test
  void partFromTheMiddleSaysWhatItCovered() {
    JsonPath found = verify("fromSeq=5&limit=3");
    assertThat(found.getLong("fromSeq")).isEqualTo(5);
    assertThat(found.getLong("toSeq")).isEqualTo(7);
    assertThat(found.getBoolean("complete")).isFalse();
    assertThat(verify("fromSeq=100").getBoolean("intact")).isTrue();
  }

  @Test
  void runningApiCanNeitherChangeNorRemoveSealsOrCheckpoints() {
    for (String table : List.of("audit", "audit_seal", "audit_checkpoint")) {
      for (String sql : List.of("UPDATE " + table + " SET seq = 1", "DELETE FROM " + table)) {
        String right = table.equals("audit") ? sql.replace("seq = 1", "action = 'x'") : sql;
        assertThatThrownBy(() -> await(() -> transactions.write(tx -> tx.update(right))))
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void verificationNeedsThePermissionEverywhere() {
    for (String nobody : List.of("dev-auditor", "viewer")) {
      given()
          .auth()
          .oauth2(TestTokens.as(nobody))
          .get("/api/v1/audit/verify")
          .then()
          .statusCode(403);
    }
    for (String wrong :
        List.of(
            "limit=0",
            "limit=50001",
            "fromSeq=0",
            "cursor=x",
            "checkpointSeq=1",
            "checkpointSeq=1&checkpointHash=z",
            "checkpointHash=" + "a".repeat(64))) {
      given()
          .auth()
          .oauth2(TestTokens.as("auditor"))
          .get("/api/v1/audit/verify?" + wrong)
          .then()
          .statusCode(400);
    }
  }

  private static void cutTail() {
    Owner.run(
        "DELETE FROM audit a USING audit_seal s WHERE s.audit_id = a.id AND s.seq > 8;"
            + " DELETE FROM audit_seal WHERE seq > 8");
  }

  private static void moveHeadToLastSeal() {
    Owner.run(
        "UPDATE audit_head h SET seq = s.seq, hash = s.hash FROM audit_seal s WHERE s.seq = 8");
  }

  /** The checkpoint as somebody kept it elsewhere. */
  private String kept() {
    return text(
        "SELECT 'checkpointSeq=' || seq || '&checkpointHash=' || hash FROM audit_checkpoint");
  }

  private static void assertFound(String fault, int seq) {
    JsonPath found = verify("");
    assertThat(found.getList("findings.fault")).containsExactly(fault);
    assertThat(found.getInt("findings[0].seq")).isEqualTo(seq);
  }

  private static void assertReordered() {
    JsonPath found = verify("");
    assertThat(found.getList("findings.fault")).containsExactly("reordered", "reordered");
    assertThat(found.getList("findings.seq")).containsExactly(5, 9);
  }

  private static JsonPath verify(String query) {
    return given()
        .auth()
        .oauth2(TestTokens.as("auditor"))
        .get("/api/v1/audit/verify" + (query.isEmpty() ? "" : "?" + query))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private void write(String target) {
    AuditEntry entry =
        AuditEntry.of(Actor.system("tester"), "test.do")
            .on("thing", target)
            .change(Map.of(), Map.of("n", UUID.randomUUID()));
    await(() -> transactions.write(tx -> audit.record(tx, entry)));
  }

  private void seal() {
    loops.trigger(AuditSealer.NAME).await().atMost(Duration.ofSeconds(10));
  }

  private String text(String sql) {
    return await(() -> reads.list(sql, row -> String.valueOf(row.getValue(0)))).getFirst();
  }

  private <T> T await(Supplier<Uni<T>> work) {
    return contexts.fresh(work).await().atMost(Duration.ofSeconds(10));
  }
}
