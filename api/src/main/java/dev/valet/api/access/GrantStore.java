package dev.valet.api.access;

import static java.util.Objects.requireNonNull;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.access.GrantView;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of grants. */
@ApplicationScoped
class GrantStore {
  private static final String SELECT =
      """
      SELECT g.id, g.issuer, g.subject, r.name AS role, g.tenant_id, g.environment, g.label,
        g.expires_at, g.created_at
      FROM access_grant g JOIN role r ON r.id = g.role_id
      """;
  private static final String PAGE =
      SELECT
          + """
          WHERE ($1::text IS NULL OR g.subject = $1) AND ($2::uuid IS NULL OR g.tenant_id = $2)
            AND ($3::text IS NULL OR r.name = $3) AND ($4::uuid IS NULL OR g.id < $4)
            AND %s ORDER BY g.id DESC LIMIT $5
          """;
  private static final String TWIN =
      SELECT
          + """
          WHERE g.issuer = $1 AND g.subject = $2 AND r.name = $3
            AND g.tenant_id IS NOT DISTINCT FROM $4 AND g.environment IS NOT DISTINCT FROM $5
          """;
  private static final String INSERT =
      """
      INSERT INTO access_grant
        (id, issuer, subject, role_id, tenant_id, environment, label, expires_at, created_at)
      SELECT $1, $2, $3, id, $5, $6, $7, $8, $9 FROM role WHERE name = $4
      """;
  private static final String ADMIN =
      """
      SELECT 1 FROM access_grant g JOIN role r ON r.id = g.role_id
      WHERE g.tenant_id IS NULL AND g.environment IS NULL AND g.expires_at IS NULL
        AND (r.name = 'admin' OR 'admin' = ANY(r.permissions)) LIMIT 1
      """;

  private final Reads reads;

  GrantStore(Reads reads) {
    this.reads = reads;
  }

  /** Newest first, below an id; those inside the scope. */
  Uni<List<GrantView>> page(Scope visible, GrantQuery query, @Nullable UUID below, int rows) {
    Scope.Sql where = visible.where("g", 6);
    return reads.list(
        PAGE.formatted(where.text()),
        GrantStore::view,
        where.after(query.subject(), query.tenantId(), query.role(), below, rows));
  }

  /** Null if there is none inside the scope. */
  Uni<@Nullable GrantView> find(Scope visible, UUID id) {
    Scope.Sql where = visible.where("g", 2);
    return reads.first(
        SELECT + "WHERE g.id = $1 AND " + where.text(), GrantStore::view, where.after(id));
  }

  /** Null if there is none inside the scope; held until the end of the transaction. */
  Uni<@Nullable GrantView> locked(Tx tx, Scope visible, UUID id) {
    Scope.Sql where = visible.where("g", 2);
    return tx.first(
        SELECT + "WHERE g.id = $1 AND " + where.text() + " FOR UPDATE OF g",
        GrantStore::view,
        where.after(id));
  }

  /** The grant of the same subject, role and scope, if there is one. */
  Uni<@Nullable GrantView> twin(Tx tx, GrantView grant) {
    return tx.first(
        TWIN,
        GrantStore::view,
        grant.issuer(),
        grant.subject(),
        grant.role(),
        grant.tenantId(),
        wire(grant.environment()));
  }

  Uni<Void> insert(Tx tx, GrantView grant) {
    return tx.update(
            INSERT,
            grant.id(),
            grant.issuer(),
            grant.subject(),
            grant.role(),
            grant.tenantId(),
            wire(grant.environment()),
            grant.label(),
            Rows.parameter(grant.expiresAt()),
            Rows.parameter(grant.createdAt()))
        .replaceWithVoid();
  }

  /** Writes label and end. */
  Uni<Void> update(Tx tx, GrantView grant) {
    return tx.update(
            "UPDATE access_grant SET label = $2, expires_at = $3 WHERE id = $1",
            grant.id(),
            grant.label(),
            Rows.parameter(grant.expiresAt()))
        .replaceWithVoid();
  }

  Uni<Void> delete(Tx tx, UUID id) {
    return tx.update("DELETE FROM access_grant WHERE id = $1", id).replaceWithVoid();
  }

  /** Whether a grant without end gives admin everywhere. */
  Uni<Boolean> hasAdminEverywhere(Tx tx) {
    return tx.first(ADMIN, row -> true).map(found -> found != null);
  }

  private static @Nullable String wire(@Nullable Environment environment) {
    return environment == null ? null : environment.wire();
  }

  private static GrantView view(Row row) {
    String environment = row.getString("environment");
    return new GrantView(
        row.getUUID("id"),
        requireNonNull(row.getString("issuer")),
        requireNonNull(row.getString("subject")),
        requireNonNull(row.getString("role")),
        row.getUUID("tenant_id"),
        environment == null ? null : Environment.fromWire(environment),
        row.getString("label"),
        Rows.instant(row, "expires_at"),
        Rows.requiredInstant(row, "created_at"));
  }
}
