package dev.valet.api.access;

import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.time.Ids;
import dev.valet.common.access.BuiltInRole;
import dev.valet.common.access.GrantView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first administrator: whoever has the configured e-mail address, verified by the
 * identity provider. Once; from then on (issuer, subject) is the identity, and an address that is
 * given to somebody else gives nothing.
 */
@ApplicationScoped
class FirstAdmin {
  private static final Logger LOG = Logger.getLogger(FirstAdmin.class);

  private final @Nullable String email;
  private final FirstAdminStore store;
  private final GrantStore grants;
  private final AccessVersionStore versions;
  private final AccessVersion version;
  private final Transactions transactions;
  private final Contexts contexts;
  private final AuditLog audit;
  private final Ids ids;
  private final Clock clock;
  private volatile boolean done;

  FirstAdmin(
      AccessConfig config,
      FirstAdminStore store,
      GrantStore grants,
      AccessVersionStore versions,
      AccessVersion version,
      Transactions transactions,
      Contexts contexts,
      AuditLog audit,
      Ids ids,
      Clock clock) {
    this.email = config.firstAdmin().email().orElse(null);
    this.store = store;
    this.grants = grants;
    this.versions = versions;
    this.version = version;
    this.transactions = transactions;
    this.contexts = contexts;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /** Grants admin to the caller if they are the one; costs nothing for anybody else. */
  Uni<Void> welcome(Caller caller, JsonWebToken token) {
    if (done || !isTheOne(token)) {
      return Uni.createFrom().voidItem();
    }
    return contexts.here(() -> transactions.write(tx -> once(tx, caller))).invoke(this::over);
  }

  private boolean isTheOne(JsonWebToken token) {
    return email != null
        && email.equalsIgnoreCase(String.valueOf((Object) token.getClaim("email")))
        && "true".equals(String.valueOf((Object) token.getClaim("email_verified")));
  }

  private void over() {
    done = true;
    version.forget();
  }

  private Uni<Void> once(Tx tx, Caller caller) {
    return versions
        .lock(tx)
        .chain(() -> store.claim(tx, caller, clock.instant()))
        .chain(first -> first ? grant(tx, caller) : Uni.createFrom().voidItem());
  }

  private Uni<Void> grant(Tx tx, Caller caller) {
    LOG.infof("%s is the first administrator", caller.subject());
    GrantView grant = grant(caller);
    return grants
        .twin(tx, grant)
        .chain(twin -> twin == null ? grants.insert(tx, grant) : Uni.createFrom().voidItem())
        .chain(() -> audit.record(tx, entry(caller, grant)));
  }

  private GrantView grant(Caller caller) {
    String role = BuiltInRole.ADMIN.wire();
    String label = caller.name().isEmpty() ? email : caller.name();
    return new GrantView(
        ids.uuid(),
        caller.issuer(),
        caller.subject(),
        role,
        null,
        null,
        label,
        null,
        clock.instant());
  }

  private static AuditEntry entry(Caller caller, GrantView grant) {
    return GrantAudit.created(caller.actor(), "grant.first-admin", grant);
  }
}
