package dev.valet.api.access;

import dev.valet.api.audit.AuditQuery;
import dev.valet.api.audit.AuditRecord;
import dev.valet.api.audit.AuditTrail;
import dev.valet.api.platform.db.Condition;
import dev.valet.api.platform.query.Page;
import dev.valet.common.access.Permission;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The audit log as a caller may see it. */
@ApplicationScoped
public class AuditViews {
  private final AuditTrail trail;

  AuditViews(AuditTrail trail) {
    this.trail = trail;
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

  private static Condition visible(Scope scope) {
    return (alias, firstParameter) -> {
      Scope.Sql where = scope.where(alias, firstParameter);
      return new Condition.Sql(where.text(), where.parameters());
    };
  }
}
