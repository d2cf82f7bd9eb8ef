package dev.valet.api.sandbox;

import dev.valet.api.access.Scope;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.operation.OperationKind;
import dev.valet.common.sandbox.DesiredState;
import dev.valet.common.sandbox.Environment;
import dev.valet.common.sandbox.Phase;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads which sandboxes a bulk request means, and how they stand. */
@ApplicationScoped
class SandboxSelectionStore {
  private static final String SELECT =
      """
      SELECT d.id, d.name, d.tenant_id, d.environment, d.desired, d.generation, s.phase,
        s.observed_generation, o.kind AS open, d.template_version,
        t.latest_version
      FROM sandbox d
      JOIN sandbox_status s ON s.sandbox_id = d.id
      JOIN template t ON t.id = d.template_id
      LEFT JOIN sandbox_health h ON h.sandbox_id = d.id
      LEFT JOIN operation o ON o.target = d.id AND o.ended_at IS NULL
      """;

  /**
   * A sandbox that is meant.
   *
   * @param templateVersion that it is wanted in
   * @param latestVersion of its template
   */
  record Selected(
      UUID id,
      String name,
      UUID tenantId,
      Environment environment,
      Wishes.Standing standing,
      int templateVersion,
      int latestVersion) {}

  Uni<List<Selected>> matching(Tx tx, SandboxFilter filter, Scope scope, int most) {
    SandboxListQuery.Sql query = SandboxListQuery.all(SELECT, filter, scope, most);
    return tx.list(query.text(), SandboxSelectionStore::selected, query.parameters().toArray());
  }

  /** Those of these ids that lie within the scope, whatever their phase. */
  Uni<List<Selected>> named(Tx tx, Collection<UUID> ids, Scope scope) {
    Scope.Sql where = scope.where("d", 2);
    return tx.list(
        SELECT + "WHERE d.id = ANY ($1) AND " + where.text() + " ORDER BY d.id",
        SandboxSelectionStore::selected,
        where.after((Object) ids.toArray(UUID[]::new)));
  }

  private static Selected selected(Row row) {
    return new Selected(
        row.getUUID("id"),
        row.getString("name"),
        row.getUUID("tenant_id"),
        Environment.fromWire(row.getString("environment")),
        new Wishes.Standing(
            DesiredState.fromWire(row.getString("desired")),
            row.getLong("generation"),
            Phase.fromWire(row.getString("phase")),
            row.getLong("observed_generation"),
            open(row)),
        row.getInteger("template_version"),
        row.getInteger("latest_version"));
  }

  private static @Nullable OperationKind open(Row row) {
    String kind = row.getString("open");
    return kind == null ? null : OperationKind.fromWire(kind);
  }
}
