package dev.valet.api.health;

import dev.valet.api.agent.AgentReport;
import dev.valet.api.agent.AgentReport.Usage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** An agent's report as it is stored in column facts and shown by the API. */
final class ReportFacts {
  private ReportFacts() {}

  static JsonObject of(AgentReport report) {
    JsonObject facts =
        new JsonObject()
            .put("status", report.status().wire())
            .put("version", report.version())
            .put("bootId", report.bootId())
            .put("uptimeSeconds", report.uptimeSeconds())
            .put("cpu", report.cpu())
            .put("memory", usage(report.memory()))
            .put("disk", usage(report.disk()));
    AgentReport.Tasks tasks = report.tasks();
    facts.put(
        "tasks",
        tasks == null
            ? null
            : new JsonObject().put("active", tasks.active()).put("capacity", tasks.capacity()));
    facts.put(HatchetFacts.FIELD, HatchetFacts.write(report.hatchet()));
    JsonArray engines = new JsonArray();
    facts.put("engines", engines);
    for (AgentReport.Part part : report.parts()) {
      add(facts, engines, part);
    }
    return facts;
  }

  private static void add(JsonObject facts, JsonArray engines, AgentReport.Part part) {
    JsonObject state = new JsonObject().put("state", part.state()).put("detail", part.detail());
    if (part.name().equals(AgentReport.DESKTOP)) {
      facts.put(part.name(), state);
    } else if (!part.name().equals(AgentReport.HATCHET)) {
      engines.add(new JsonObject().put("name", part.name()).mergeIn(state));
    }
  }

  private static @Nullable JsonObject usage(@Nullable Usage usage) {
    return usage == null
        ? null
        : new JsonObject()
            .put("usedBytes", usage.usedBytes())
            .put("totalBytes", usage.totalBytes());
  }
}
