package dev.valet.api.audit;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.common.audit.SealedRow;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what verification compares. Each statement sees one state of the database. */
@ApplicationScoped
class VerifyStore {
  private static final String HEAD = "SELECT seq, hash FROM audit_head";
  private static final String HASH = "SELECT hash FROM audit_seal WHERE seq = $1";
  private static final String SEALS =
      """
      SELECT s.seq, s.audit_id, s.prev, s.hash, a.*
      FROM audit_seal s LEFT JOIN audit a ON a.id = s.audit_id
      WHERE s.seq BETWEEN $1 AND $2 ORDER BY s.seq LIMIT $3
      """;
  private static final String STRAY =
      """
      SELECT s.seq FROM audit_head h JOIN audit_seal s ON s.seq > h.seq OR s.seq < 1
      ORDER BY s.seq LIMIT $1
      """;

  /**
   * A row of the log without seal is wrong at once if it does not wait for one either, because both
   * are written together.
   */
  private static final String ROWS =
      """
      WITH page AS MATERIALIZED (
        SELECT id, at FROM audit WHERE id > $1 ORDER BY id LIMIT $2),
      bad AS (
        SELECT p.id, u.audit_id IS NOT NULL AS waits
        FROM page p
        LEFT JOIN audit_seal s ON s.audit_id = p.id
        LEFT JOIN audit_unsealed u ON u.audit_id = p.id
        WHERE s.audit_id IS NULL AND (u.audit_id IS NULL OR p.at < $3)
        LIMIT $4)
      SELECT n.rows, l.id AS last, b.id, b.waits
      FROM (SELECT count(*) AS rows FROM page) n
      LEFT JOIN (SELECT id FROM page ORDER BY id DESC LIMIT 1) l ON true
      LEFT JOIN bad b ON true ORDER BY b.id
      """;

  private static final String ORPHANS =
      """
      SELECT audit_id FROM audit_unsealed u
      WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.id = u.audit_id) ORDER BY audit_id LIMIT $1
      """;

  private final Reads reads;

  VerifyStore(Reads reads) {
    this.reads = reads;
  }

  /**
   * A part of the log's rows.
   *
   * @param rows how many there were
   * @param last the last one; null if there was none
   * @param bad those that should have a seal
   */
  record RowsPage(long rows, @Nullable UUID last, List<Unsealed> bad) {}

  /** A row that should have a seal, and whether it waits for it. */
  record Unsealed(UUID auditId, boolean waits) {}

  private record Found(long rows, @Nullable UUID last, @Nullable UUID bad, boolean waits) {}

  Uni<SealHead> head() {
    return reads
        .first(HEAD, row -> new SealHead(row.getLong("seq"), bytes(row, "hash")))
        .onItem()
        .ifNull()
        .continueWith(() -> new SealHead(0, new byte[0]));
  }

  /** The hash of a seal; null if there is none. */
  Uni<byte @Nullable []> hash(long seq) {
    return reads.first(HASH, row -> bytes(row, "hash"), seq);
  }

  /** Seals from one to another with their records, in order. */
  Uni<List<SealedRow>> seals(long from, long to, int most) {
    return reads.list(SEALS, VerifyStore::sealed, from, to, (long) most);
  }

  /** Seals where the head says that there are none. */
  Uni<List<Long>> stray(int most) {
    return reads.list(STRAY, row -> row.getLong("seq"), (long) most);
  }

  /** Looks through rows after that id for some that should have a seal. */
  Uni<RowsPage> rows(UUID after, int rows, Instant sealedBefore, int most) {
    return reads
        .list(
            ROWS, VerifyStore::found, after, (long) rows, Rows.parameter(sealedBefore), (long) most)
        .map(VerifyStore::page);
  }

  /** Records that are gone although they were still to be sealed. */
  Uni<List<UUID>> orphans(int most) {
    return reads.list(ORPHANS, row -> row.getUUID("audit_id"), (long) most);
  }

  private static SealedRow sealed(Row row) {
    long seq = row.getLong("seq");
    UUID auditId = row.getUUID("audit_id");
    byte[] prev = bytes(row, "prev");
    byte[] hash = bytes(row, "hash");
    Buffer canonical = row.getBuffer("canonical");
    if (canonical == null) {
      return SealedRow.withoutRecord(seq, auditId, prev, hash);
    }
    byte[] bytes = canonical.getBytes();
    return new SealedRow(seq, auditId, prev, hash, bytes, RecordColumns.untrue(row, bytes));
  }

  private static Found found(Row row) {
    UUID bad = row.getUUID("id");
    return new Found(
        row.getLong("rows"), row.getUUID("last"), bad, bad != null && row.getBoolean("waits"));
  }

  private static RowsPage page(List<Found> found) {
    Found any = found.getFirst();
    List<Unsealed> bad =
        found.stream()
            .filter(one -> one.bad() != null)
            .map(one -> new Unsealed(one.bad(), one.waits()))
            .toList();
    return new RowsPage(any.rows(), any.last(), bad);
  }

  private static byte[] bytes(Row row, String column) {
    return row.getBuffer(column).getBytes();
  }
}
