package dev.valet.api.health;

import dev.valet.common.health.AgentHealth.Hatchet;
import dev.valet.common.health.HatchetState;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of a connection to the task engine, as column facts holds it. */
public final class HatchetFacts {
  /** The field of column facts. */
  public static final String FIELD = "hatchet";

  private HatchetFacts() {}

  static @Nullable JsonObject write(@Nullable Hatchet hatchet) {
    return hatchet == null
        ? null
        : new JsonObject()
            .put("state", hatchet.state().wire())
            .put("detail", hatchet.detail())
            .put("engineVersion", hatchet.engineVersion())
            .put("workerId", hatchet.workerId())
            .put("streamSeconds", hatchet.streamSeconds())
            .put("heartbeatMillis", hatchet.heartbeatMillis())
            .put(
                "lastTaskAt", hatchet.lastTaskAt() == null ? null : hatchet.lastTaskAt().toString())
            .put("reconnects", hatchet.reconnects())
            .put("pendingEvents", hatchet.pendingEvents())
            .put("duplicates", hatchet.duplicates());
  }

  /**
   * For people: the detail is what {@link HatchetDiagnosis} makes of it.
   *
   * @param json that field; null if nothing is known
   */
  public static @Nullable Hatchet read(@Nullable JsonObject json) {
    if (json == null) {
      return null;
    }
    HatchetState state = HatchetState.fromWire(json.getString("state"));
    String lastTaskAt = json.getString("lastTaskAt");
    return new Hatchet(
        state,
        HatchetDiagnosis.of(state, json.getString("detail")),
        json.getString("engineVersion"),
        json.getString("workerId"),
        json.getLong("streamSeconds"),
        json.getLong("heartbeatMillis"),
        lastTaskAt == null ? null : Instant.parse(lastTaskAt),
        json.getLong("reconnects", 0L),
        json.getLong("pendingEvents", 0L),
        json.getLong("duplicates", 0L));
  }
}
