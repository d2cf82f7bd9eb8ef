package dev.valet.api.access;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.PurgeLoop;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Removes idempotency keys after their 24 hours. */
@Singleton
class IdempotencyPurge extends PurgeLoop {
  private final IdempotencyStore store;

  IdempotencyPurge(Transactions transactions, IdempotencyStore store) {
    super("idempotency-purge", transactions);
    this.store = store;
  }

  @Override
  protected Uni<Integer> purge(Tx tx, int most) {
    return store.purge(tx, most);
  }
}
