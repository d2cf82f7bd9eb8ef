package dev.valet.api.access;

import static java.util.Objects.requireNonNull;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.common.access.BuiltInRole;
import dev.valet.common.access.Permission;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQL of what one subject was granted. */
@ApplicationScoped
class HeldGrantStore {
  private static final String HELD =
      """
      SELECT g.id, r.name, r.permissions, g.tenant_id, g.environment, g.expires_at
      FROM access_grant g JOIN role r ON r.id = g.role_id
      WHERE g.issuer = $1 AND g.subject = $2
      """;

  private final Reads reads;

  HeldGrantStore(Reads reads) {
    this.reads = reads;
  }

  /** The expired ones too. */
  Uni<List<HeldRole>> of(String issuer, String subject) {
    return reads.list(HELD, HeldGrantStore::held, issuer, subject);
  }

  private static HeldRole held(Row row) {
    String role = requireNonNull(row.getString("name"));
    String environment = row.getString("environment");
    var area =
        new Scope.Area(
            row.getUUID("tenant_id"),
            environment == null ? null : Environment.fromWire(environment));
    return new HeldRole(
        role,
        permissions(role, row.getArrayOfStrings("permissions")),
        Scope.of(Set.of(area)),
        null,
        row.getUUID("id"),
        Rows.instant(row, "expires_at"));
  }

  /** Those of a built-in role are in the program, not in its row. */
  static Set<Permission> permissions(String role, String @Nullable [] own) {
    return own == null
        ? BuiltInRole.fromWire(role).permissions()
        : Arrays.stream(own).map(Permission::fromWire).collect(Collectors.toUnmodifiableSet());
  }
}
