package dev.valet.api.realtime;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.outbox.EventRows;
import dev.valet.common.event.EventMessage;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of the stream: reads tables event and event_head, removes old events. */
@ApplicationScoped
class StreamStore implements StreamReads {
  private static final String PAGE =
      """
      SELECT h.stream, h.seq AS head,
        COALESCE((SELECT min(seq) FROM event), h.seq + 1) AS oldest, e.*
      FROM event_head h LEFT JOIN LATERAL (
        SELECT seq, at, type, tenant_id, environment, sandbox_id, data
        FROM event WHERE seq > $1 ORDER BY seq LIMIT $2) e ON true
      ORDER BY e.seq
      """;

  /** Only ever a prefix goes, however the times of changes lie, so that no gap comes to be. */
  private static final String PURGE =
      """
      WITH oldest AS (SELECT seq, at FROM event ORDER BY seq LIMIT $3),
        kept AS (SELECT min(seq) AS seq FROM oldest
          WHERE at >= $1 AND seq > (SELECT seq FROM event_head) - $2)
      DELETE FROM event WHERE seq IN
        (SELECT o.seq FROM oldest o, kept k WHERE k.seq IS NULL OR o.seq < k.seq)
      """;

  private final Reads reads;
  private final EventJson json;

  StreamStore(Reads reads, EventJson json) {
    this.reads = reads;
    this.json = json;
  }

  private record Line(UUID stream, long head, long oldest, @Nullable StreamEvent event) {}

  @Override
  public Uni<StreamPage> page(long after, int most) {
    return reads.list(PAGE, this::line, after, (long) most).map(StreamStore::page);
  }

  /** Removes up to so many of the oldest events; yields how many. */
  Uni<Integer> purge(Tx tx, Instant before, long keepMost, int batch) {
    return tx.update(PURGE, Rows.parameter(before), keepMost, (long) batch);
  }

  private static StreamPage page(List<Line> lines) {
    Line first = lines.getFirst();
    List<StreamEvent> events = lines.stream().map(Line::event).filter(Objects::nonNull).toList();
    return new StreamPage(first.stream(), first.head(), first.oldest(), events);
  }

  private Line line(Row row) {
    return new Line(
        row.getUUID("stream"),
        row.getLong("head"),
        row.getLong("oldest"),
        row.getLong("seq") == null ? null : event(row));
  }

  private StreamEvent event(Row row) {
    EventMessage message = EventRows.message(row);
    String environment = row.getString("environment");
    return new StreamEvent(
        message.seq(),
        message.at(),
        message.type(),
        message.tenantId(),
        environment == null ? null : Environment.fromWire(environment),
        message.sandboxId(),
        json.write(message));
  }
}
