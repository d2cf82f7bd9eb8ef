package dev.valet.api.access;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Loop;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Removes idempotency keys after their 24 hours, in batches that hold no lock for long. */
@ApplicationScoped
class IdempotencyPurge implements Loop {
  private static final int BATCH = 1_000;

  private final Transactions transactions;
  private final IdempotencyStore store;

  IdempotencyPurge(Transactions transactions, IdempotencyStore store) {
    this.transactions = transactions;
    this.store = store;
  }

  @Override
  public String name() {
    return "idempotency-purge";
  }

  @Override
  public Duration period() {
    return Duration.ofHours(1);
  }

  @Override
  public Uni<Void> run() {
    return transactions
        .write(tx -> store.purge(tx, BATCH))
        .chain(removed -> removed < BATCH ? Uni.createFrom().voidItem() : run());
  }
}
