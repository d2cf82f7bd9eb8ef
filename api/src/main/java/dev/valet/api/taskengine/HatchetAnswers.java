package dev.valet.api.taskengine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.valet.api.taskengine.EngineReport.Queue;
import dev.valet.api.taskengine.EngineReport.Status;
import dev.valet.api.taskengine.EngineReport.Totals;
import dev.valet.api.taskengine.EngineReport.Worker;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of Hatchet's REST API into a report. Lenient: what is missing or of another
 * type counts as nothing, since other versions may say more or less. Pure.
 *
 * @param queues of {@code step-run-queue-metrics}
 * @param stats of {@code task-stats}
 * @param metrics of {@code task-metrics}
 * @param workers rows of {@code worker}, all pages
 */
record HatchetAnswers(JsonNode queues, JsonNode stats, JsonNode metrics, List<JsonNode> workers) {
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,255}");

  EngineReport report() {
    List<Worker> known = workers.stream().map(HatchetAnswers::worker).toList();
    Map<String, Integer> queued = queued(known);
    List<Queue> all =
        queued.entrySet().stream()
            .map(entry -> queue(entry.getKey(), entry.getValue(), queued))
            .toList();
    return new EngineReport(all, totals(), known);
  }

  /** Every known action, zeros included. What is no number counts runs by concurrency key. */
  private Map<String, Integer> queued(List<Worker> known) {
    Map<String, Integer> queued = new TreeMap<>();
    known.stream()
        .filter(Worker::isActive)
        .flatMap(worker -> worker.actions().stream())
        .forEach(action -> queued.put(action, 0));
    queues.path("queues").properties().stream()
        .filter(entry -> entry.getValue().isIntegralNumber() && isName(entry.getKey()))
        .forEach(entry -> queued.put(entry.getKey(), entry.getValue().intValue()));
    return queued;
  }

  private Queue queue(String action, int queued, Map<String, Integer> all) {
    Instant oldest = null;
    Integer running = null;
    for (Map.Entry<String, JsonNode> task : stats.properties()) {
      JsonNode waiting = task.getValue().path("queued");
      if (waiting.path("queues").path(action).intValue() > 0) {
        oldest = earlier(oldest, instant(waiting.path("oldest")));
      }
      running = running == null ? running(action, task, all) : running;
    }
    return new Queue(action, queued, running, queued == 0 ? null : oldest);
  }

  /** By action if the engine tells, else of a task that belongs to one action alone. */
  private static @Nullable Integer running(
      String action, Map.Entry<String, JsonNode> task, Map<String, Integer> all) {
    JsonNode running = task.getValue().path("running");
    if (running.path("queues").has(action)) {
      return running.path("queues").path(action).intValue();
    }
    List<String> candidates =
        all.keySet().stream().filter(one -> belongs(one, task.getKey())).toList();
    return candidates.equals(List.of(action)) ? (Integer) running.path("total").intValue() : null;
  }

  private static boolean belongs(String action, String task) {
    return action.endsWith(":" + task) || action.startsWith(task + ":");
  }

  private Totals totals() {
    Map<String, Long> counts = new TreeMap<>();
    metrics.forEach(one -> counts.put(one.path("status").asText(), one.path("count").longValue()));
    return new Totals(
        counts.getOrDefault("QUEUED", 0L),
        counts.getOrDefault("RUNNING", 0L),
        counts.getOrDefault("COMPLETED", 0L),
        counts.getOrDefault("FAILED", 0L));
  }

  private static Worker worker(JsonNode row) {
    JsonNode slots = row.path("slotConfig").path("default");
    List<String> actions = new ArrayList<>();
    row.path("actions")
        .forEach(action -> {
          if (isName(action.asText())) {
            actions.add(action.asText());
          }
        });
    return new Worker(
        row.path("metadata").path("id").asText(),
        sandbox(row.path("labels")),
        status(row.path("status").asText()),
        actions,
        slots.path("limit").intValue(),
        slots.path("available").intValue());
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** An unknown word is nothing that tasks could be given to. */
  private static Status status(String word) {
    return switch (word) {
      case "ACTIVE" -> Status.ACTIVE;
      case "PAUSED" -> Status.PAUSED;
      default -> Status.INACTIVE;
    };
  }

  private static @Nullable UUID sandbox(JsonNode labels) {
    for (JsonNode label : labels) {
      if (label.path("key").asText().equals("sandbox")) {
        try {
          return UUID.fromString(label.path("value").asText());
        } catch (IllegalArgumentException e) {
          return null;
        }
      }
    }
    return null;
  }

  private static @Nullable Instant instant(JsonNode node) {
    try {
      return node.isTextual() ? Instant.parse(node.textValue()) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
