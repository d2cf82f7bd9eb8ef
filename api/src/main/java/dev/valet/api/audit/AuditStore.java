package dev.valet.api.audit;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.audit.AuditExportLine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQL of the audit log. The columns beside the bytes serve the filters alone. */
@ApplicationScoped
class AuditStore {
  private static final String INSERT =
      """
      WITH waiting AS (INSERT INTO audit_unsealed (audit_id) VALUES ($1))
      INSERT INTO audit (id, at, actor, action, tenant_id, environment, target_type, target_id,
                         sandbox_id, result, request_id, canonical)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      """;

  private final Reads reads;

  AuditStore(Reads reads) {
    this.reads = reads;
  }

  Uni<List<AuditRecord>> list(AuditSelect select, int rows) {
    return reads.list(select.newestFirst(rows), AuditStore::record, select.parameters());
  }

  /** Rows with their seals, in the order of these. */
  Uni<List<AuditExportLine>> export(AuditSelect select, int rows) {
    return reads.list(select.inSealOrder(rows), AuditStore::line, select.parameters());
  }

  Uni<Void> insert(Tx tx, AuditRecord entry) {
    return tx.update(
            INSERT,
            entry.id(),
            Rows.parameter(entry.at()),
            entry.actor().subject(),
            entry.action(),
            entry.tenantId(),
            wire(entry),
            entry.targetType(),
            entry.targetId(),
            entry.sandboxId(),
            entry.result().wire(),
            entry.actor().requestId(),
            Buffer.buffer(AuditBytes.write(entry)))
        .replaceWithVoid();
  }

  /** A row that was altered so that it cannot be read must not hide the others. */
  private static AuditRecord record(Row row) {
    try {
      return AuditBytes.read(row.getBuffer("canonical").getBytes());
    } catch (UncheckedIOException e) {
      return unreadable(row);
    }
  }

  private static AuditRecord unreadable(Row row) {
    String actor = row.getString("actor");
    return new AuditRecord(
        row.getUUID("id"),
        Rows.requiredInstant(row, "at"),
        new AuditRecord.Who("unknown", null, actor, actor, null, null),
        row.getString("action"),
        row.getUUID("tenant_id"),
        null,
        row.getString("target_type"),
        row.getString("target_id"),
        row.getUUID("sandbox_id"),
        Map.of(),
        Map.of(),
        AuditResult.fromWire(row.getString("result")),
        "This record was altered and cannot be read; verify the log");
  }

  private static AuditExportLine line(Row row) {
    HexFormat hex = HexFormat.of();
    return new AuditExportLine(
        row.getLong("seq"),
        row.getUUID("id"),
        hex.formatHex(row.getBuffer("prev").getBytes()),
        hex.formatHex(row.getBuffer("hash").getBytes()),
        row.getBuffer("canonical").toString(StandardCharsets.UTF_8));
  }

  private static @Nullable String wire(AuditRecord entry) {
    return entry.environment() == null ? null : entry.environment().wire();
  }
}
