package dev.valet.api.taskengine;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.taskengine.EngineReport.Queue;
import dev.valet.api.taskengine.EngineReport.Worker;
import dev.valet.common.taskengine.TaskEngineView;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Tables task_engine_queue and task_engine_worker; what is as it was is not written again. */
@ApplicationScoped
class EngineFigureStore {
  private static final String SEPARATOR = " "; // no action has one in its name

  private static final String WRITE_QUEUES =
      """
      INSERT INTO task_engine_queue AS q (action, queued, running, oldest, queued_since)
      SELECT action, queued, running, oldest, CASE WHEN queued > 0 THEN $5::timestamptz END
      FROM unnest($1::text[], $2::integer[], $3::integer[], $4::timestamptz[])
        AS r(action, queued, running, oldest)
      ON CONFLICT (action) DO UPDATE SET queued = excluded.queued, running = excluded.running,
        oldest = excluded.oldest, queued_since = CASE WHEN $6 AND excluded.queued > 0
          THEN coalesce(q.queued_since, excluded.queued_since) ELSE excluded.queued_since END
      """;
  private static final String DROP_QUEUES =
      "DELETE FROM task_engine_queue WHERE action <> ALL ($1::text[])";
  private static final String WRITE_WORKERS =
      """
      INSERT INTO task_engine_worker AS w (worker_id, sandbox_id, status, slots, free_slots, actions)
      SELECT worker_id, sandbox_id, status, slots, free_slots, string_to_array(actions, ' ')
      FROM unnest($1::text[], $2::uuid[], $3::text[], $4::integer[], $5::integer[], $6::text[])
        AS r(worker_id, sandbox_id, status, slots, free_slots, actions)
      ON CONFLICT (worker_id) DO UPDATE SET sandbox_id = excluded.sandbox_id,
        status = excluded.status, slots = excluded.slots, free_slots = excluded.free_slots,
        actions = excluded.actions
      WHERE (w.sandbox_id, w.status, w.slots, w.free_slots, w.actions) IS DISTINCT FROM
        (excluded.sandbox_id, excluded.status, excluded.slots, excluded.free_slots, excluded.actions)
      """;
  private static final String DROP_WORKERS =
      "DELETE FROM task_engine_worker WHERE worker_id <> ALL ($1::text[])";
  private static final String WAITING =
      """
      SELECT action, greatest(oldest, queued_since) AS waiting_since FROM task_engine_queue
      WHERE queued > 0
      """;
  private static final String QUEUES =
      """
      SELECT q.action, q.queued, q.running, e.answered_at,
        CASE WHEN q.queued > 0 THEN greatest(q.oldest, q.queued_since) END AS waiting_since,
        count(w.worker_id)::integer AS workers, coalesce(sum(w.free_slots), 0)::integer AS free_slots
      FROM task_engine e, task_engine_queue q
      LEFT JOIN task_engine_worker w ON w.status = 'ACTIVE' AND q.action = ANY (w.actions)
      GROUP BY q.action, e.answered_at ORDER BY q.action
      """;
  private static final String WORKERS =
      """
      SELECT count(*) FILTER (WHERE status = 'ACTIVE')::integer AS active,
        count(*) FILTER (WHERE status = 'INACTIVE')::integer AS inactive,
        count(*) FILTER (WHERE status = 'PAUSED')::integer AS paused,
        coalesce(sum(slots) FILTER (WHERE status = 'ACTIVE'), 0)::integer AS slots,
        coalesce(sum(free_slots) FILTER (WHERE status = 'ACTIVE'), 0)::integer AS free_slots
      FROM task_engine_worker
      """;

  private final Reads reads;

  EngineFigureStore(Reads reads) {
    this.reads = reads;
  }

  /**
   * Replaces what is known.
   *
   * @param unbroken whether what is known is so recent that a queue can be said to have lasted
   */
  Uni<Void> write(Tx tx, EngineReport report, Instant now, boolean unbroken) {
    return writeQueues(tx, report.queues(), now, unbroken)
        .chain(() -> writeWorkers(tx, report.workers()));
  }

  /** Since when tasks have waited at least, by action. */
  Uni<Map<String, Instant>> waiting(Tx tx) {
    return tx.list(WAITING, row -> row).map(EngineFigureStore::waiting);
  }

  Uni<List<TaskEngineView.Queue>> queues() {
    return reads.list(QUEUES, EngineFigureStore::queue);
  }

  Uni<TaskEngineView.Workers> workers() {
    return reads.list(WORKERS, EngineFigureStore::workers).map(List::getFirst);
  }

  private static Uni<Void> writeQueues(Tx tx, List<Queue> queues, Instant now, boolean unbroken) {
    String[] actions = column(queues, String[]::new, Queue::action);
    return tx.update(
            WRITE_QUEUES,
            actions,
            column(queues, Integer[]::new, Queue::queued),
            column(queues, Integer[]::new, Queue::running),
            column(queues, OffsetDateTime[]::new, one -> Rows.parameter(one.oldest())),
            Rows.parameter(now),
            unbroken)
        .chain(() -> tx.update(DROP_QUEUES, (Object) actions))
        .replaceWithVoid();
  }

  private static Uni<Void> writeWorkers(Tx tx, List<Worker> workers) {
    String[] ids = column(workers, String[]::new, Worker::id);
    return tx.update(
            WRITE_WORKERS,
            ids,
            column(workers, UUID[]::new, Worker::sandboxId),
            column(workers, String[]::new, one -> one.status().name()),
            column(workers, Integer[]::new, Worker::slots),
            column(workers, Integer[]::new, Worker::freeSlots),
            column(workers, String[]::new, one -> String.join(SEPARATOR, one.actions())))
        .chain(() -> tx.update(DROP_WORKERS, (Object) ids))
        .replaceWithVoid();
  }

  private static <R, T> T[] column(
      List<R> rows, IntFunction<T[]> array, Function<R, @Nullable T> value) {
    return rows.stream().map(value).toArray(array);
  }

  private static Map<String, Instant> waiting(List<Row> rows) {
    Map<String, Instant> waiting = new HashMap<>();
    rows.forEach(
        row -> waiting.put(row.getString("action"), Rows.requiredInstant(row, "waiting_since")));
    return waiting;
  }

  private static TaskEngineView.Queue queue(Row row) {
    Instant since = Rows.instant(row, "waiting_since");
    Instant asOf = Rows.instant(row, "answered_at");
    return new TaskEngineView.Queue(
        row.getString("action"),
        row.getInteger("queued"),
        row.getInteger("running"),
        since == null || asOf == null
            ? null
            : (Long) Math.max(0, asOf.getEpochSecond() - since.getEpochSecond()),
        row.getInteger("workers"),
        row.getInteger("free_slots"));
  }

  private static TaskEngineView.Workers workers(Row row) {
    return new TaskEngineView.Workers(
        row.getInteger("active"),
        row.getInteger("inactive"),
        row.getInteger("paused"),
        row.getInteger("slots"),
        row.getInteger("free_slots"));
  }
}
