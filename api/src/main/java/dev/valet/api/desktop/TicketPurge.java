package dev.valet.api.desktop;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.PurgeLoop;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Removes tickets that nobody used in time. */
@Singleton
class TicketPurge extends PurgeLoop {
  private final TicketStore store;

  TicketPurge(Transactions transactions, TicketStore store) {
    super("vnc-ticket-purge", transactions);
    this.store = store;
  }

  @Override
  protected Uni<Integer> purge(Tx tx, int most) {
    return store.purge(tx, most);
  }
}
