package dev.valet.api.access.session;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.PurgeLoop;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Removes sessions that are over. */
@Singleton
class SessionPurge extends PurgeLoop {
  private final SessionStore store;

  SessionPurge(Transactions transactions, SessionStore store) {
    super("session-purge", transactions);
    this.store = store;
  }

  @Override
  protected Uni<Integer> purge(Tx tx, int most) {
    return store.purge(tx, most);
  }
}
