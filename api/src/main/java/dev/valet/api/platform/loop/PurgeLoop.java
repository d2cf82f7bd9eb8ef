package dev.valet.api.platform.loop;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Removes rows whose time is over, every hour, in batches that hold no lock for long. */
public abstract class PurgeLoop implements Loop {
  private static final int BATCH = 1_000;

  private final String name;
  private final Transactions transactions;

  /**
   * @param name of the loop
   */
  protected PurgeLoop(String name, Transactions transactions) {
    this.name = name;
    this.transactions = transactions;
  }

  /** Removes at most so many rows; yields how many it was. */
  protected abstract Uni<Integer> purge(Tx tx, int most);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Duration period() {
    return Duration.ofHours(1);
  }

  @Override
  public final Uni<Void> run() {
    return transactions
        .write(tx -> purge(tx, BATCH))
        .chain(removed -> removed < BATCH ? Uni.createFrom().voidItem() : run());
  }
}
