package dev.valet.api.access;

import static java.util.Objects.requireNonNull;

import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** SQL of the one row that moves whenever a grant or a role changes. */
@ApplicationScoped
class AccessVersionStore {
  private final Reads reads;

  AccessVersionStore(Reads reads) {
    this.reads = reads;
  }

  Uni<Long> read() {
    return reads
        .first("SELECT version FROM access_version", row -> row.getLong(0))
        .map(version -> requireNonNull(version, "the row of access_version is missing"));
  }

  /** Holds the row until the end of the transaction, so that changes come one after another. */
  Uni<Void> lock(Tx tx) {
    return tx.first("SELECT version FROM access_version FOR UPDATE", row -> row.getLong(0))
        .replaceWithVoid();
  }
}
