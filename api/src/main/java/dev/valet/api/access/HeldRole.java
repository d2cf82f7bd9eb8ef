package dev.valet.api.access;

import dev.valet.common.access.BuiltInRole;
import dev.valet.common.access.Permission;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A role that a caller holds, and where they have it from: a group of their token or a grant.
 *
 * @param role its name
 * @param permissions what it allows
 * @param scope where
 * @param group the group in the token; null if it comes from a grant
 * @param grantId the grant; null if it comes from a group
 * @param expiresAt when the grant ends; null if it does not
 */
public record HeldRole(
    String role,
    Set<Permission> permissions,
    Scope scope,
    @Nullable String group,
    @Nullable UUID grantId,
    @Nullable Instant expiresAt) {

  /** Copies what it is given. */
  public HeldRole {
    permissions = Set.copyOf(permissions);
  }

  static HeldRole ofGroup(String group, BuiltInRole role, Scope scope) {
    return new HeldRole(role.wire(), role.permissions(), scope, group, null, null);
  }

  boolean isOfGroup() {
    return group != null;
  }

  boolean holdsAt(Instant now) {
    return expiresAt == null || now.isBefore(expiresAt);
  }
}
