package dev.valet.api.taskengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.api.taskengine.EngineReport.Queue;
import dev.valet.api.taskengine.EngineReport.Status;
import dev.valet.api.taskengine.EngineReport.Totals;
import dev.valet.api.taskengine.EngineReport.Worker;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Answers as v0.104.7 gives them. */
class HatchetAnswersTest {
  private static final Instant OLDEST = Instant.parse("2026-11-25T11:18:10.564925Z");
  private static final String STATS =
      """
      {"run": {"queued": {"oldest": "2026-11-25T11:18:10.564925Z",
          "oldestExcludingRetries": "2026-11-25T11:18:10.564925Z",
          "queues": {"valet-check:run": 4}, "total": 4},
        "running": {"oldest": "2026-11-25T11:18:06.374131Z", "total": 3}}}
      """;
  private static final String METRICS =
      """
      [{"count": 2, "status": "CANCELLED"}, {"count": 1, "status": "COMPLETED"},
       {"count": 5, "status": "FAILED"}, {"count": 4, "status": "QUEUED"},
       {"count": 3, "runningDetailCount": {"evicted": 0, "onWorker": 3}, "status": "RUNNING"}]
      """;

  private static String worker(String status, String actions) {
    return """
    {"actions": %s, "labels": [{"key": "environment", "value": "dev"},
       {"key": "sandbox", "value": "01a2126c-6f11-7b8d-bec5-f6e5d5ad737c"}],
     "metadata": {"id": "a208ca52"}, "slotConfig": {"default": {"available": 1, "limit": 2}},
     "status": "%s"}
    """
        .formatted(actions, status);
  }

  @Test
  void everyActionHasItsFiguresZerosIncluded() throws JsonProcessingException {
    EngineReport report =
        read(
            "{\"queues\": {\"valet-check:run\": 4, \"capture\": {\"key\": 9}}}",
            STATS,
            METRICS,
            worker("ACTIVE", "[\"valet-check:run\"]"));

    assertThat(report.queues()).containsExactly(new Queue("valet-check:run", 4, 3, OLDEST));
    assertThat(report.totals()).isEqualTo(new Totals(4, 3, 1, 5));
    assertThat(report.workers())
        .containsExactly(
            new Worker(
                "a208ca52",
                UUID.fromString("01a2126c-6f11-7b8d-bec5-f6e5d5ad737c"),
                Status.ACTIVE,
                List.of("valet-check:run"),
                2,
                1));
  }

  /** The engine tells what runs by the task's name; of two with one name nothing can be said. */
  @Test
  void whatRunsIsToldOfAnActionOnlyWhereTheEngineCan() throws JsonProcessingException {
    EngineReport report =
        read(
            "{\"queues\": {}}",
            STATS,
            METRICS,
            worker("ACTIVE", "[\"valet-check:run\", \"capture:run\"]"));

    assertThat(report.queues())
        .containsExactly(
            new Queue("capture:run", 0, null, null), new Queue("valet-check:run", 0, null, null));
  }

  @Test
  void inactiveWorkersKeepNoActionInTheList() throws JsonProcessingException {
    EngineReport report =
        read("{}", "{}", "[]", worker("INACTIVE", "[\"old:run\"]"), worker("SLEEPING", "[]"));

    assertThat(report.queues()).isEmpty();
    assertThat(report.workers()).extracting(Worker::status).containsOnly(Status.INACTIVE);
  }

  @Test
  void whatOtherVersionsLeaveOutOrGetWrongCountsAsNothing() throws JsonProcessingException {
    EngineReport report =
        read(
            "{\"queues\": {\"a:run\": \"many\", \"\\u0000\": 1, \"b:run\": 2}}",
            "{\"run\": {\"queued\": {\"oldest\": \"yesterday\", \"queues\": {\"b:run\": 2}}}}",
            "[{}]",
            "{\"labels\": [{\"key\": \"sandbox\", \"value\": \"mine\"}]}");

    assertThat(report.queues()).containsExactly(new Queue("b:run", 2, 0, null));
    assertThat(report.workers().getFirst().sandboxId()).isNull();
  }

  private static EngineReport read(String queues, String stats, String metrics, String... workers)
      throws JsonProcessingException {
    List<JsonNode> rows = new java.util.ArrayList<>();
    for (String worker : workers) {
      rows.add(json(worker));
    }
    return new HatchetAnswers(json(queues), json(stats), json(metrics), rows).report();
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new JsonMapper().readTree(text);
  }
}
