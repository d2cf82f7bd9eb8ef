package dev.valet.api.audit;

import dev.valet.common.sandbox.Environment;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares the columns that serve the filters with the record's bytes: whoever alters a column
 * hides a record from those who look for it.
 */
final class RecordColumns {
  private final Row row;
  private final List<String> untrue = new ArrayList<>();

  private RecordColumns(Row row) {
    this.row = row;
  }

  /** Names of the columns that say something else than the bytes do. */
  static List<String> untrue(Row row, byte[] canonical) {
    AuditRecord record;
    try {
      record = AuditBytes.read(canonical);
    } catch (RuntimeException e) {
      return List.of("canonical");
    }
    return new RecordColumns(row).compare(record);
  }

  private List<String> compare(AuditRecord record) {
    expect("id", record.id());
    expect("actor", record.actor().subject());
    expect("action", record.action());
    expect("tenant_id", record.tenantId());
    expect("environment", wire(record.environment()));
    expect("target_type", record.targetType());
    expect("target_id", record.targetId());
    expect("sandbox_id", record.sandboxId());
    expect("result", record.result().wire());
    expect("request_id", record.actor().requestId());
    if (!row.getOffsetDateTime("at").toInstant().equals(record.at())) {
      untrue.add("at");
    }
    return untrue;
  }

  private void expect(String column, @Nullable Object said) {
    if (!Objects.equals(row.getValue(column), said)) {
      untrue.add(column);
    }
  }

  private static @Nullable String wire(@Nullable Environment environment) {
    return environment == null ? null : environment.wire();
  }
}
