package dev.valet.api.access;

import dev.valet.api.access.session.SessionKey;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.security.Actor;
import dev.valet.common.access.Permission;
import dev.valet.common.sandbox.Environment;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The person or service behind a request, and what they may do.
 *
 * @param issuer issuer of the token
 * @param subject the issuer's id of the caller; with the issuer, the identity
 * @param name for people to read; not an identity
 * @param held the roles that they hold and where from; for showing, never for deciding
 * @param permissions what they may do, and where; a missing permission is not held
 * @param session the browser's session behind this caller; null if they sent a bearer token
 * @param expiresAt when that session is over unless it is renewed, or the token runs out; null if
 *     the token does not say
 * @param clientAddress where the request came from, trusted proxies taken into account
 * @param requestId id of the request
 */
public record Caller(
    String issuer,
    String subject,
    String name,
    List<HeldRole> held,
    Map<Permission, Scope> permissions,
    @Nullable SessionKey session,
    @Nullable Instant expiresAt,
    @Nullable String clientAddress,
    @Nullable String requestId) {

  /** Copies what it is given. */
  public Caller {
    held = List.copyOf(held);
    permissions = Map.copyOf(permissions);
  }

  /** A caller whose token does not run out. */
  public Caller(
      String issuer,
      String subject,
      String name,
      List<HeldRole> held,
      Map<Permission, Scope> permissions,
      @Nullable String clientAddress,
      @Nullable String requestId) {
    this(issuer, subject, name, held, permissions, null, null, clientAddress, requestId);
  }

  /** The same caller with other roles, and exactly the permissions that these give. */
  Caller holding(List<HeldRole> roles) {
    return new Caller(
        issuer,
        subject,
        name,
        roles,
        permissionsOf(roles),
        session,
        expiresAt,
        clientAddress,
        requestId);
  }

  /** The same caller, until another time. */
  Caller until(@Nullable Instant end) {
    return new Caller(
        issuer, subject, name, held, permissions, session, end, clientAddress, requestId);
  }

  private static Map<Permission, Scope> permissionsOf(List<HeldRole> roles) {
    Map<Permission, Scope> permissions = new EnumMap<>(Permission.class);
    for (HeldRole role : roles) {
      if (!role.scope().isNone()) {
        role.permissions().forEach(p -> permissions.merge(p, role.scope(), Scope::plus));
      }
    }
    return permissions;
  }

  /** Names of the roles held, sorted. */
  public List<String> roles() {
    return held.stream()
        .filter(role -> !role.scope().isNone())
        .map(HeldRole::role)
        .distinct()
        .sorted()
        .toList();
  }

  /** Where they hold the permission; {@link Scope#none()} if nowhere. */
  public Scope scope(Permission permission) {
    return permissions.getOrDefault(permission, Scope.none());
  }

  /** Whether they hold the permission for an object of this tenant and environment. */
  public boolean may(
      Permission permission, @Nullable UUID tenantId, @Nullable Environment environment) {
    return scope(permission).allows(tenantId, environment);
  }

  /**
   * Ends the request unless they hold the permission for an object that they may see.
   *
   * @throws ProblemException 403 if they do not hold it there
   */
  public void require(
      Permission permission, @Nullable UUID tenantId, @Nullable Environment environment) {
    if (!may(permission, tenantId, environment)) {
      throw ProblemException.forbidden(
          "You lack the permission \"" + permission.wire() + "\" in this tenant and environment");
    }
  }

  /**
   * The tenants that exist for them: those in which they hold any permission. Null for all tenants.
   */
  @Nullable Set<UUID> tenants() {
    Set<UUID> tenants = new HashSet<>();
    for (Scope scope : permissions.values()) {
      for (Scope.Area area : scope.areas()) {
        if (area.tenantId() == null) {
          return null;
        }
        tenants.add(area.tenantId());
      }
    }
    return tenants;
  }

  /** Whether a tenant exists for them; one that does not must not be told from none at all. */
  public boolean sees(UUID tenantId) {
    Set<UUID> tenants = tenants();
    return tenants == null || tenants.contains(tenantId);
  }

  /** The identity as one value, for keys: issuer and subject. */
  public String principal() {
    return issuer + "|" + subject;
  }

  /** How the audit log names them. */
  public Actor actor() {
    return new Actor(Actor.Kind.CALLER, issuer, subject, name, clientAddress, requestId);
  }
}
