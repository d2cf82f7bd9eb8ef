package dev.valet.api.access;

import static java.util.Objects.requireNonNull;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.access.Permission;
import dev.valet.common.access.RoleView;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of roles. */
@ApplicationScoped
class RoleStore {
  private static final String SELECT =
      "SELECT id, name, description, permissions, version, created_at, updated_at FROM role ";
  private static final String PAGE =
      SELECT + "WHERE ($1::text IS NULL OR name > $1) ORDER BY name LIMIT $2";
  private static final String INSERT =
      """
      INSERT INTO role (id, name, description, permissions, created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (name) DO NOTHING
      """;
  private static final String UPDATE =
      """
      UPDATE role SET description = $2, permissions = $3, version = version + 1, updated_at = $4
      WHERE id = $1
      """;
  private static final String USES = "SELECT count(*) FROM access_grant WHERE role_id = $1";

  private final Reads reads;

  RoleStore(Reads reads) {
    this.reads = reads;
  }

  Uni<List<RoleView>> page(@Nullable String after, int rows) {
    return reads.list(PAGE, RoleStore::view, after, rows);
  }

  Uni<@Nullable RoleView> find(UUID id) {
    return reads.first(SELECT + "WHERE id = $1", RoleStore::view, id);
  }

  Uni<@Nullable RoleView> locked(Tx tx, UUID id) {
    return tx.first(SELECT + "WHERE id = $1 FOR UPDATE", RoleStore::view, id);
  }

  /** Held until the end of the transaction, so that it is not deleted meanwhile. */
  Uni<@Nullable RoleView> named(Tx tx, String name) {
    return tx.first(SELECT + "WHERE name = $1 FOR SHARE", RoleStore::view, name);
  }

  /** Whether the name was free. */
  Uni<Boolean> insert(
      Tx tx,
      UUID id,
      String name,
      String description,
      Collection<Permission> permissions,
      Instant now) {
    return tx.update(INSERT, id, name, description, wire(permissions), Rows.parameter(now))
        .map(rows -> rows == 1);
  }

  Uni<Void> update(
      Tx tx, UUID id, String description, Collection<Permission> permissions, Instant now) {
    return tx.update(UPDATE, id, description, wire(permissions), Rows.parameter(now))
        .replaceWithVoid();
  }

  Uni<Void> delete(Tx tx, UUID id) {
    return tx.update("DELETE FROM role WHERE id = $1", id).replaceWithVoid();
  }

  /** How many grants give it. */
  Uni<Long> uses(Tx tx, UUID id) {
    return tx.first(USES, row -> row.getLong(0), id)
        .map(uses -> requireNonNull(uses, "count(*) yields a row"));
  }

  private static String[] wire(Collection<Permission> permissions) {
    return permissions.stream().sorted().map(Permission::wire).toArray(String[]::new);
  }

  private static RoleView view(Row row) {
    String name = requireNonNull(row.getString("name"));
    String[] own = row.getArrayOfStrings("permissions");
    return new RoleView(
        row.getUUID("id"),
        name,
        requireNonNull(row.getString("description")),
        HeldGrantStore.permissions(name, own).stream().sorted().toList(),
        own == null,
        row.getLong("version"),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }
}
