package dev.valet.api.access;

import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.audit.AuditQuery;
import dev.valet.api.audit.AuditRecord;
import dev.valet.api.audit.AuditTrail;
import dev.valet.api.platform.db.Condition;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.Permission;
import dev.valet.common.audit.AuditExportLine;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The audit log as a caller may see it. */
@ApplicationScoped
public class AuditViews {
  private final AuditTrail trail;

  private final AuditLog log;
  private final Transactions transactions;

  AuditViews(AuditTrail trail, AuditLog log, Transactions transactions) {
    this.trail = trail;
    this.log = log;
    this.transactions = transactions;
  }

  /**
   * A page, newest first, of what lies inside the caller's scope of the permission {@code audit}.
   *
   * @param limit 1 to 200
   * @param cursor of the page before; null for the first
   */
  public Uni<Page<AuditRecord>> list(
      Caller caller, AuditQuery query, int limit, @Nullable String cursor) {
    return trail.list(visible(caller.scope(Permission.AUDIT)), query, limit, cursor);
  }

  /** Records that the caller takes rows away, which is to be done before {@link #export}. */
  Uni<Void> recordExport(Caller caller, AuditQuery query, long afterSeq) {
    Map<String, @Nullable Object> filters = new TreeMap<>(query.filters());
    filters.values().removeIf(Objects::isNull);
    filters.put("afterSeq", afterSeq);
    AuditEntry entry =
        AuditEntry.of(caller.actor(), "audit.export").on("audit", "log").change(Map.of(), filters);
    return transactions.write(tx -> log.record(tx, entry));
  }

  /** Sealed rows of the caller's scope, in the order of their seals, read as they are sent. */
  Multi<AuditExportLine> export(Caller caller, AuditQuery query, long afterSeq) {
    return trail.export(visible(caller.scope(Permission.AUDIT)), query, afterSeq);
  }

  private static Condition visible(Scope scope) {
    return (alias, firstParameter) -> {
      Scope.Sql where = scope.where(alias, firstParameter);
      return new Condition.Sql(where.text(), where.parameters());
    };
  }
}
