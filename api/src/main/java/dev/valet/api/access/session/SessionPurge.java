package dev.valet.api.access.session;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Loop;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Removes sessions that are over, in batches that hold no lock for long. */
@ApplicationScoped
class SessionPurge implements Loop {
  private static final int BATCH = 1_000;

  private final Transactions transactions;
  private final SessionStore store;

  SessionPurge(Transactions transactions, SessionStore store) {
    this.transactions = transactions;
    this.store = store;
  }

  @Override
  public String name() {
    return "session-purge";
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
