package dev.valet.api.access;

import static java.util.Objects.requireNonNullElse;

import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.platform.time.Ids;
import dev.valet.common.access.CreateGrantRequest;
import dev.valet.common.access.GrantView;
import dev.valet.common.access.Permission;
import dev.valet.common.access.RoleView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives and takes rights. Each change is one transaction and moves the access version. */
@ApplicationScoped
class GrantService {
  private static final String ROUTE = "POST /api/v1/grants";

  private final GrantStore store;
  private final RoleStore roles;
  private final Tenants tenants;
  private final AccessVersionStore versions;
  private final AccessVersion version;
  private final LastAdmin lastAdmin;
  private final Creations creations;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Ids ids;
  private final Clock clock;

  GrantService(
      GrantStore store,
      RoleStore roles,
      Tenants tenants,
      AccessVersionStore versions,
      AccessVersion version,
      LastAdmin lastAdmin,
      Creations creations,
      Transactions transactions,
      AuditLog audit,
      Ids ids,
      Clock clock) {
    this.store = store;
    this.roles = roles;
    this.tenants = tenants;
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
   * Gives a role. The same subject, role and scope again changes label and end of the grant that is
   * there.
   *
   * @throws ProblemException validation, forbidden, conflict
   */
  Uni<Response> create(Caller caller, @Nullable String key, CreateGrantRequest request) {
    Instant end = request.expiresAt();
    if (end != null && !end.isAfter(clock.instant())) {
      throw ProblemException.field("expiresAt", "must be in the future");
    }
    return tenantExists(caller, request.tenantId())
        .chain(() -> creations.once(caller, ROUTE, key, request, tx -> give(tx, caller, request)))
        .invoke(version::forget);
  }

  private Uni<Void> tenantExists(Caller caller, @Nullable UUID tenantId) {
    if (tenantId == null) {
      return Uni.createFrom().voidItem();
    }
    Uni<@Nullable Tenant> found =
        caller.sees(tenantId) ? tenants.byId(tenantId) : Uni.createFrom().nullItem();
    return found
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.field("tenantId", "is not the id of a tenant"))
        .replaceWithVoid();
  }

  private Uni<Creations.Created> give(Tx tx, Caller caller, CreateGrantRequest request) {
    GrantView wanted = wanted(caller, request);
    return versions
        .lock(tx)
        .chain(() -> roles.named(tx, request.role()))
        .onItem()
        .ifNull()
        .failWith(() -> ProblemException.field("role", "is not the name of a role"))
        .invoke(role -> mayGive(caller, role, wanted))
        .chain(role -> store.twin(tx, wanted).chain(twin -> write(tx, caller, role, wanted, twin)));
  }

  private GrantView wanted(Caller caller, CreateGrantRequest request) {
    return new GrantView(
        ids.uuid(),
        requireNonNullElse(request.issuer(), caller.issuer()),
        request.subject(),
        request.role(),
        request.tenantId(),
        request.environment(),
        request.label(),
        request.expiresAt(),
        clock.instant());
  }

  private static void mayGive(Caller caller, RoleView role, GrantView grant) {
    if (!caller.may(Permission.ADMIN, grant.tenantId(), grant.environment())) {
      throw ProblemException.forbidden("You do not hold \"admin\" in the whole of that scope");
    }
    Escalation.refuse(caller, role.permissions(), grant.tenantId(), grant.environment());
  }

  private Uni<Creations.Created> write(
      Tx tx, Caller caller, RoleView role, GrantView wanted, @Nullable GrantView twin) {
    if (twin == null) {
      return store
          .insert(tx, wanted)
          .chain(() -> audit.record(tx, GrantAudit.created(caller, wanted)))
          .replaceWith(answer(true, wanted));
    }
    GrantView changed = GrantAudit.withLabelAndEnd(twin, wanted);
    return changed.equals(twin)
        ? Uni.createFrom().item(answer(false, twin))
        : change(tx, caller, role, twin, changed);
  }

  private Uni<Creations.Created> change(
      Tx tx, Caller caller, RoleView role, GrantView before, GrantView after) {
    return store
        .update(tx, after)
        .chain(() -> adminsRemain(tx, role.permissions().contains(Permission.ADMIN), before))
        .chain(() -> audit.record(tx, GrantAudit.changed(caller, before, after)))
        .replaceWith(answer(false, after));
  }

  private static Creations.Created answer(boolean isNew, GrantView grant) {
    return new Creations.Created(isNew, "/api/v1/grants/" + grant.id(), grant);
  }

  /**
   * Takes a role away; bites within five seconds, on every replica and in open sockets.
   *
   * @throws ProblemException not-found, conflict if it is the last one of admin everywhere
   */
  Uni<Void> revoke(Caller caller, UUID id) {
    return transactions
        .write(tx ->
            versions
                .lock(tx)
                .chain(() -> store.locked(tx, caller.scope(Permission.ADMIN), id))
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("grant " + id))
                .chain(grant -> revoke(tx, caller, grant)))
        .invoke(version::forget);
  }

  private Uni<Void> revoke(Tx tx, Caller caller, GrantView grant) {
    return roles
        .named(tx, grant.role())
        .call(() -> store.delete(tx, grant.id()))
        .map(role -> Objects.requireNonNull(role).permissions().contains(Permission.ADMIN))
        .chain(givesAdmin -> adminsRemain(tx, givesAdmin, grant))
        .chain(() -> audit.record(tx, GrantAudit.revoked(caller, grant)));
  }

  private Uni<Void> adminsRemain(Tx tx, boolean givesAdmin, GrantView touched) {
    boolean everywhere = touched.tenantId() == null && touched.environment() == null;
    return givesAdmin && everywhere ? lastAdmin.mustRemain(tx) : Uni.createFrom().voidItem();
  }
}
