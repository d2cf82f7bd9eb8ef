package dev.valet.api.access;

import static java.util.Objects.requireNonNullElse;

import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.time.Ids;
import dev.valet.common.access.CreateRoleRequest;
import dev.valet.common.access.PatchRoleRequest;
import dev.valet.common.access.Permission;
import dev.valet.common.access.RoleView;
import dev.valet.common.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Creates, changes and deletes custom roles. A role holds in every tenant, so this is for who holds
 * {@code admin} everywhere, and nobody puts into a role what they do not hold themselves.
 */
@ApplicationScoped
class RoleService {
  private static final String ROUTE = "POST /api/v1/roles";

  private final RoleStore store;
  private final AccessVersionStore versions;
  private final AccessVersion version;
  private final LastAdmin lastAdmin;
  private final Creations creations;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Ids ids;
  private final Clock clock;

  RoleService(
      RoleStore store,
      AccessVersionStore versions,
      AccessVersion version,
      LastAdmin lastAdmin,
      Creations creations,
      Transactions transactions,
      AuditLog audit,
      Ids ids,
      Clock clock) {
    this.store = store;
    this.versions = versions;
    this.version = version;
    this.lastAdmin = lastAdmin;
    this.creations = creations;
    this.transactions = transactions;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Creates a role.
   *
   * @throws ProblemException forbidden, name-taken
   */
  Uni<Response> create(Caller caller, @Nullable String key, CreateRoleRequest request) {
    requireAdminEverywhere(caller);
    Escalation.refuse(caller, request.permissions(), null, null);
    return creations.once(caller, ROUTE, key, request, tx -> store(tx, caller, request));
  }

  private Uni<Creations.Created> store(Tx tx, Caller caller, CreateRoleRequest request) {
    UUID id = ids.uuid();
    String description = requireNonNullElse(request.description(), "");
    return store
        .insert(tx, id, request.name(), description, request.permissions(), clock.instant())
        .invoke(free -> {
          if (!free) {
            throw ProblemException.of(
                ProblemType.NAME_TAKEN, "There is a role \"" + request.name() + "\" already");
          }
        })
        .chain(() -> present(store.locked(tx, id), id))
        .call(role -> record(tx, caller, "role.create", id, Map.of(), fields(role)))
        .map(role -> new Creations.Created(true, "/api/v1/roles/" + id, role));
  }

  /**
   * Changes a role; whoever holds it gains or loses with it.
   *
   * @throws ProblemException not-found, forbidden, precondition-failed, conflict
   */
  Uni<RoleView> patch(Caller caller, UUID id, long expectedVersion, PatchRoleRequest patch) {
    requireAdminEverywhere(caller);
    return transactions
        .write(
            tx -> ownRole(tx, id).chain(role -> change(tx, caller, role, expectedVersion, patch)))
        .invoke(version::forget);
  }

  private Uni<RoleView> change(
      Tx tx, Caller caller, RoleView role, long expectedVersion, PatchRoleRequest patch) {
    if (role.version() != expectedVersion) {
      throw ProblemException.of(
          ProblemType.PRECONDITION_FAILED,
          "The role has changed: If-Match names version %d, it is %d. Read it again."
              .formatted(expectedVersion, role.version()));
    }
    Collection<Permission> permissions =
        patch.permissions() == null ? role.permissions() : patch.permissions();
    Escalation.refuse(caller, added(role, permissions), null, null);
    String description = requireNonNullElse(patch.description(), role.description());
    return store
        .update(tx, role.id(), description, permissions, clock.instant())
        .chain(() -> admins(tx, role, permissions))
        .chain(() -> present(store.locked(tx, role.id()), role.id()))
        .call(now -> record(tx, caller, "role.update", role.id(), fields(role), fields(now)));
  }

  private static Set<Permission> added(RoleView role, Collection<Permission> permissions) {
    Set<Permission> added = EnumSet.copyOf(permissions);
    role.permissions().forEach(added::remove);
    return added;
  }

  private Uni<Void> admins(Tx tx, RoleView role, Collection<Permission> permissions) {
    boolean loses =
        role.permissions().contains(Permission.ADMIN) && !permissions.contains(Permission.ADMIN);
    return loses ? lastAdmin.mustRemain(tx) : Uni.createFrom().voidItem();
  }

  /**
   * Deletes a role that nobody holds.
   *
   * @throws ProblemException not-found, forbidden, conflict that says how many grants give it
   */
  Uni<Void> delete(Caller caller, UUID id) {
    requireAdminEverywhere(caller);
    return transactions
        .write(tx -> ownRole(tx, id).chain(role -> delete(tx, caller, role)))
        .invoke(version::forget);
  }

  private Uni<Void> delete(Tx tx, Caller caller, RoleView role) {
    return store
        .uses(tx, role.id())
        .invoke(uses -> {
          if (uses > 0) {
            throw ProblemException.conflict(
                "%d grants give the role \"%s\": see GET /api/v1/grants?role=%s"
                    .formatted(uses, role.name(), role.name()));
          }
        })
        .chain(() -> store.delete(tx, role.id()))
        .chain(() -> record(tx, caller, "role.delete", role.id(), fields(role), Map.of()));
  }

  /** The role, locked, once changes of access come one after another. */
  private Uni<RoleView> ownRole(Tx tx, UUID id) {
    return versions
        .lock(tx)
        .chain(() -> present(store.locked(tx, id), id))
        .invoke(role -> {
          if (role.builtIn()) {
            throw ProblemException.conflict(
                "\""
                    + role.name()
                    + "\" comes with Valet and stays as it is; create a role instead");
          }
        });
  }

  static Uni<RoleView> present(Uni<@Nullable RoleView> role, UUID id) {
    return role.onItem().ifNull().failWith(() -> ProblemException.notFound("role " + id));
  }

  private static void requireAdminEverywhere(Caller caller) {
    if (!caller.scope(Permission.ADMIN).isAll()) {
      throw ProblemException.forbidden(
          "Only who holds \"admin\" everywhere may change roles; you hold it in a part");
    }
  }

  private Uni<Void> record(
      Tx tx,
      Caller caller,
      String action,
      UUID id,
      Map<String, Object> before,
      Map<String, Object> after) {
    return audit.record(
        tx, AuditEntry.of(caller.actor(), action).on("role", id).change(before, after));
  }

  private static Map<String, Object> fields(RoleView role) {
    return Map.of(
        "name", role.name(),
        "description", role.description(),
        "permissions", role.permissions().stream().map(Permission::wire).toList());
  }
}
