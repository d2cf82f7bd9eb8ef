package dev.valet.api.compute;

import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.security.Actor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The one row of table installation. */
@ApplicationScoped
class InstallationStore {
  private static final String CLAIM =
      "INSERT INTO installation (id, account, region) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
  private static final String READ = "SELECT id, account, region FROM installation";

  private static final AuditEntry CLAIMED =
      AuditEntry.of(Actor.system("installation"), "installation.claim");

  private final AuditLog audit;

  InstallationStore(AuditLog audit) {
    this.audit = audit;
  }

  /** Makes the database the given installation's if it is nobody's, and says whose it is. */
  Uni<Installation> claim(Tx tx, Installation mine) {
    return tx.update(CLAIM, mine.id(), mine.account(), mine.region())
        .call(claimed ->
            claimed == 0
                ? Uni.createFrom().voidItem()
                : audit.record(tx, CLAIMED.on("installation", mine.id())))
        .chain(() ->
            tx.first(
                READ,
                row ->
                    new Installation(
                        row.getUUID("id"), row.getString("account"), row.getString("region"))));
  }
}
