package dev.valet.api.taskengine;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.taskengine.EngineReport.Totals;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table task_engine: the one row of the engine itself. */
@ApplicationScoped
class TaskEngineStore {
  private static final String STATE = "SELECT answered_at, tried_at, failures FROM task_engine";
  private static final String UNCONFIGURED =
      """
      UPDATE task_engine SET configured = false, problem = NULL, failures = 0, held = NULL
      WHERE configured
      """;
  private static final String FAILED =
      """
      UPDATE task_engine SET configured = true, tried_at = $1, failures = failures + $3, problem = $2,
        held = NULL
      """;
  private static final String ANSWERED =
      """
      UPDATE task_engine SET configured = true, answered_at = $1, tried_at = $1, failures = 0,
        problem = NULL, token_expires_at = $2, queued = $3, running = $4, completed = $5,
        failed = $6, held = $7
      """;
  private static final String SHOWN = "SELECT * FROM task_engine";

  private final Reads reads;

  TaskEngineStore(Reads reads) {
    this.reads = reads;
  }

  /** The row as it is shown. */
  record Shown(
      boolean configured,
      @Nullable String problem,
      @Nullable Instant answeredAt,
      @Nullable Instant triedAt,
      @Nullable Instant tokenExpiresAt,
      Totals totals,
      @Nullable String held) {}

  Uni<EngineState> state() {
    return reads.list(STATE, TaskEngineStore::state).map(List::getFirst);
  }

  Uni<Shown> shown() {
    return reads.list(SHOWN, TaskEngineStore::shown).map(List::getFirst);
  }

  Uni<Void> unconfigured(Tx tx) {
    return tx.update(UNCONFIGURED).replaceWithVoid();
  }

  /**
   * Notes that nothing is known now.
   *
   * @param asked whether the engine was asked at all
   */
  Uni<Void> failed(Tx tx, Instant now, String problem, boolean asked) {
    return tx.update(FAILED, Rows.parameter(now), problem, asked ? 1 : 0).replaceWithVoid();
  }

  Uni<Void> answered(
      Tx tx, Instant now, @Nullable Instant tokenEnds, Totals totals, @Nullable String held) {
    return tx.update(
            ANSWERED,
            Rows.parameter(now),
            Rows.parameter(tokenEnds),
            totals.queued(),
            totals.running(),
            totals.completed(),
            totals.failed(),
            held)
        .replaceWithVoid();
  }

  private static EngineState state(Row row) {
    return new EngineState(
        Rows.instant(row, "answered_at"),
        Rows.instant(row, "tried_at"),
        row.getInteger("failures"));
  }

  private static Shown shown(Row row) {
    return new Shown(
        row.getBoolean("configured"),
        row.getString("problem"),
        Rows.instant(row, "answered_at"),
        Rows.instant(row, "tried_at"),
        Rows.instant(row, "token_expires_at"),
        new Totals(
            row.getLong("queued"),
            row.getLong("running"),
            row.getLong("completed"),
            row.getLong("failed")),
        row.getString("held"));
  }
}
