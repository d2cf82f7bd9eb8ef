package dev.valet.api.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.valet.api.testkit.ValetTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bulk action would do, before anything is done; and which requests are none. */
@QuarkusTest
@QuarkusTestResource(ValetTestResource.class)
class BulkPreviewIT extends BulkSteps {
  @Test
  void dryRunSaysWhatWouldHappenToEachAndWritesNothing() {
    UUID acts = create("acts", "dev");
    UUID already = create("already", "dev");
    settle(already, "stopped", "stopped");
    UUID ending = create("ending", "dev");
    as("operator").post(SANDBOXES + "/" + ending + "/terminate").then().statusCode(202);
    UUID unknown = UUID.randomUUID();
    String before = beans.text("SELECT count(*) FROM operation");
    String audited = beans.text("SELECT count(*) FROM audit");

    JsonPath preview =
        as("operator")
            .body(
                Map.of(
                    "action",
                    "stop",
                    "dryRun",
                    true,
                    "ids",
                    List.of(acts, already, ending, unknown)))
            .post(BULK)
            .then()
            .statusCode(200)
            .body("total", equalTo(4))
            .body("acting", equalTo(1))
            .extract()
            .jsonPath();

    assertThat(detail(preview, acts)).isEqualTo("act: stop");
    assertThat(detail(preview, already)).isEqualTo("skip: already stopped");
    assertThat(detail(preview, ending)).startsWith("refuse: refused: The sandbox is being");
    assertThat(detail(preview, unknown)).isEqualTo("refuse: refused: not found");
    assertThat(beans.text("SELECT count(*) FROM operation")).isEqualTo(before);
    assertThat(beans.text("SELECT count(*) FROM audit")).isEqualTo(audited);
  }

  @Test
  void upgradeGoesToTheLatestVersionAndLeavesThoseThatAreThere() {
    UUID old = create("old", "dev");
    UUID latest = create("latest", "dev");
    UUID template = UUID.randomUUID();
    beans.write(tx ->
        tx.update(
                """
                INSERT INTO template (id, name, latest_version, created_at, updated_at)
                VALUES ($1, 'zz-' || $1::uuid, 2, now(), now())
                """,
                template)
            .chain(() ->
                tx.update(
                    """
                    INSERT INTO template_version (template_id, version, spec, created_at)
                    SELECT $1, n, v.spec, now() FROM generate_series(1, 2) AS n, sandbox d
                    JOIN template_version v
                      ON v.template_id = d.template_id AND v.version = d.template_version
                    WHERE d.id = $2
                    """,
                    template,
                    old)));
    of(old, template, 1);
    of(latest, template, 2);
    settle(latest, "running", "running");
    Map<String, Object> request = Map.of("action", "upgrade", "ids", List.of(old, latest));
    Map<String, Object> dryRun = new HashMap<>(request);
    dryRun.put("dryRun", true);
    JsonPath preview =
        as("operator").body(dryRun).post(BULK).then().statusCode(200).extract().jsonPath();
    assertThat(detail(preview, old)).isEqualTo("act: upgrade");
    assertThat(detail(preview, latest)).startsWith("skip: already of version");

    String bulk = accepted(request);
    round();
    assertThat(beans.text("SELECT kind FROM operation WHERE target = $1 AND ended_at IS NULL", old))
        .isEqualTo("upgrade");
    assertThat(beans.text("SELECT template_version FROM sandbox WHERE id = $1", old))
        .isEqualTo("2");
    assertThat(item(operation(bulk).extract().jsonPath(), latest)).doesNotStartWith("failed");
  }

  private void of(UUID sandbox, UUID template, int version) {
    beans.write(tx ->
        tx.update(
            "UPDATE sandbox SET template_id = $2, template_version = $3 WHERE id = $1",
            sandbox,
            template,
            version));
  }

  private static String detail(JsonPath preview, UUID id) {
    Map<String, Object> item = preview.getMap("items.find { it.sandboxId == '" + id + "' }");
    return item.get("effect") + ": " + item.get("detail");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-    | -       | -       | -",
        "dev  | -       | -       | -",
        "prod | pending | -       | -",
        "-    | stopped | -       | -",
        "-    | -       | unknown | -",
        "-    | pending | unknown | even",
        "dev  | pending | -       | odd",
      })
  void filterMeansWhatTheListShows(String environment, String phase, String health, String parity) {
    create("a", "dev");
    create("bb", "dev");
    create("cc", "prod");
    settle(create("d", "dev"), "stopped", "stopped");
    settle(create("ee", "dev"), "terminated", "terminated");
    Map<String, Object> filter = new HashMap<>();
    RequestSpecification list = as("operator").queryParam("limit", 200);
    Map<String, Object> simple = new HashMap<>();
    simple.put("environment", environment);
    simple.put("phase", phase);
    simple.put("health", health);
    simple.put("q", run);
    simple.put("drifted", false);
    simple.values().removeIf(value -> value == null);
    filter.putAll(simple);
    simple.forEach(list::queryParam);
    if (parity != null) {
      filter.put("tag", List.of("run:" + run, "parity:" + parity));
      list.queryParam("tag", "run:" + run).queryParam("tag", "parity:" + parity);
    }

    List<String> listed = list.get(SANDBOXES).then().statusCode(200).extract().path("items.id");
    List<String> meant =
        as("operator")
            .body(Map.of("action", "stop", "dryRun", true, "filter", filter))
            .post(BULK)
            .then()
            .statusCode(200)
            .extract()
            .path("items.sandboxId");

    assertThat(listed).isNotEmpty();
    assertThat(new TreeSet<>(meant)).isEqualTo(new TreeSet<>(listed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\": \"stop\"}",
        "{\"action\": \"stop\", \"ids\": []}",
        "{\"action\": \"stop\", \"ids\": [null]}",
        "{\"action\": \"stop\", \"ids\": [\"x\"]}",
        "{\"action\": \"stop\", \"filter\": {\"tag\": [\"x\"]}}",
        "{\"action\": \"stop\", \"filter\": {\"size\": 1}}",
        "{\"action\": \"erase\", \"filter\": {}}",
        "{\"action\": \"stop\", \"filter\": {}, \"concurrency\": 0}",
        "{\"action\": \"stop\", \"filter\": {}, \"concurrency\": 101}",
        "{\"action\": \"stop\", \"filter\": {}, \"ids\": [\"0197f0a0-0000-7000-8000-00000000dead\"]}"
      })
  void wrongRequestIsRefused(String body) {
    as("operator").body(body).post(BULK).then().statusCode(400);
  }
}
