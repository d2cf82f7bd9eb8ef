package dev.valet.api.platform.loop;

import dev.valet.api.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** Lets one replica at a time do a piece of work, by a row that expires when its holder dies. */
@ApplicationScoped
public class Leases {
  private static final String TAKE =
      """
      INSERT INTO lease (name, token, until) VALUES ($1, $2, now() + make_interval(secs => $3))
      ON CONFLICT (name) DO UPDATE SET token = excluded.token, until = excluded.until
      WHERE lease.until < now()
      """;
  private static final String RETURN =
      "UPDATE lease SET until = now() WHERE name = $1 AND token = $2";

  private final Transactions transactions;

  Leases(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Does the work if nobody else holds the lease, and returns the lease afterwards.
   *
   * @param longest after which another replica may take over; the work must end well before
   */
  public Uni<Void> alone(String name, Duration longest, Supplier<Uni<Void>> work) {
    UUID token = UUID.randomUUID();
    return transactions
        .write(tx -> tx.update(TAKE, name, token, (double) longest.toSeconds()))
        .chain(taken ->
            taken == 0
                ? Uni.createFrom().voidItem()
                : work.get().onTermination().call(() -> giveBack(name, token)));
  }

  private Uni<Integer> giveBack(String name, UUID token) {
    return transactions.write(tx -> tx.update(RETURN, name, token));
  }
}
