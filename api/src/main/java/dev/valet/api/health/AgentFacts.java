package dev.valet.api.health;

import dev.valet.common.health.AgentHealth;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent said of itself with its last answer; null where it said nothing usable.
 *
 * @param status the agent's own summary, such as {@code healthy}
 * @param version version of the agent, such as {@code 0.1.0}
 * @param bootId random per agent process, such as {@code 7f9c2ba4e88f827d}
 * @param uptimeSeconds since the agent process started
 * @param cpu share of all cores, 0 to 1
 * @param memory of the machine
 * @param disk of the agent's file system
 * @param tasks running tasks and room for more
 * @param hatchet connection to the task engine, with what is wrong in words
 * @param desktop the desktop that people can watch
 * @param engines browser engines
 */
record AgentFacts(
    @Nullable String status,
    @Nullable String version,
    @Nullable String bootId,
    @Nullable Long uptimeSeconds,
    @Nullable Double cpu,
    @Nullable Usage memory,
    @Nullable Usage disk,
    @Nullable Tasks tasks,
    AgentHealth.@Nullable Hatchet hatchet,
    @Nullable Part desktop,
    List<Engine> engines) {

  /**
   * Bytes used of a total.
   *
   * @param usedBytes in use
   * @param totalBytes all that there are
   */
  record Usage(long usedBytes, long totalBytes) {}

  /**
   * Running tasks and room for more.
   *
   * @param active running now
   * @param capacity how many may run at once
   */
  record Tasks(int active, int capacity) {}

  /**
   * A part in the agent's own words.
   *
   * @param state whether it works, such as {@code ready}
   * @param detail what is wrong; null when nothing is
   */
  record Part(String state, @Nullable String detail) {}

  /**
   * A browser engine in the agent's own words.
   *
   * @param name its name in the template, such as {@code chromium}
   * @param state whether it works, such as {@code ready}
   * @param detail what is wrong; null when nothing is
   */
  record Engine(String name, String state, @Nullable String detail) {}

  /** Reads column facts, as {@link ReportFacts} wrote it. */
  static AgentFacts of(JsonObject json) {
    return new AgentFacts(
        json.getString("status"),
        json.getString("version"),
        json.getString("bootId"),
        json.getLong("uptimeSeconds"),
        json.getDouble("cpu"),
        usage(json.getJsonObject("memory")),
        usage(json.getJsonObject("disk")),
        tasks(json.getJsonObject("tasks")),
        HatchetFacts.read(json.getJsonObject(HatchetFacts.FIELD)),
        part(json.getJsonObject("desktop")),
        engines(json.getJsonArray("engines")));
  }

  private static @Nullable Usage usage(@Nullable JsonObject json) {
    return json == null ? null : new Usage(json.getLong("usedBytes"), json.getLong("totalBytes"));
  }

  private static @Nullable Tasks tasks(@Nullable JsonObject json) {
    return json == null ? null : new Tasks(json.getInteger("active"), json.getInteger("capacity"));
  }

  private static @Nullable Part part(@Nullable JsonObject json) {
    return json == null ? null : new Part(json.getString("state"), json.getString("detail"));
  }

  private static List<Engine> engines(JsonArray array) {
    return array.stream()
        .map(JsonObject.class::cast)
        .map(json ->
            new Engine(json.getString("name"), json.getString("state"), json.getString("detail")))
        .toList();
  }
}
