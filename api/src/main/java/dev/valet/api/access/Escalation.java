package dev.valet.api.access;

import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.access.Permission;
import dev.valet.common.sandbox.Environment;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Nobody gives more than they hold themselves. Pure. */
final class Escalation {
  private Escalation() {}

  /**
   * Ends the request unless the caller holds each permission in the whole scope.
   *
   * @param permissions what would be given
   * @param tenantId where; null for all tenants
   * @param environment where; null for all environments
   * @throws ProblemException 403 that names what is missing
   */
  static void refuse(
      Caller caller,
      Collection<Permission> permissions,
      @Nullable UUID tenantId,
      @Nullable Environment environment) {
    List<String> missing =
        permissions.stream()
            .filter(permission -> !caller.may(permission, tenantId, environment))
            .sorted()
            .map(Permission::wire)
            .toList();
    if (!missing.isEmpty()) {
      throw ProblemException.forbidden(
          "You cannot give what you do not hold %s: %s"
              .formatted(where(tenantId, environment), String.join(", ", missing)));
    }
  }

  private static String where(@Nullable UUID tenantId, @Nullable Environment environment) {
    if (tenantId == null && environment == null) {
      return "everywhere";
    }
    String tenant = tenantId == null ? "all tenants" : "tenant " + tenantId;
    return environment == null
        ? "in " + tenant
        : "in environment " + environment.wire() + " of " + tenant;
  }
}
