package dev.valet.api.compute;

import dev.valet.api.platform.db.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Refuses to start on a database of another installation, account or region: a production database
 * copied to staging must not act. Runs after the migrations and before anything else that starts,
 * loops above all.
 */
@ApplicationScoped
class InstallationCheck {
  private static final int FIRST = 1;

  private final ComputeConfig config;
  private final Transactions transactions;
  private final InstallationStore store;

  InstallationCheck(ComputeConfig config, Transactions transactions, InstallationStore store) {
    this.config = config;
    this.transactions = transactions;
    this.store = store;
  }

  /** Waits, which only the starting thread may: the start is to fail, not what comes after it. */
  void check(@Observes @Priority(FIRST) StartupEvent event) throws Throwable {
    Installation mine = Installation.of(config);
    Installation database =
        VertxContextSupport.subscribeAndAwait(
            () -> transactions.write(tx -> store.claim(tx, mine)));
    mine.refusal(database)
        .ifPresent(reason -> {
          throw new ConfigurationException(reason);
        });
  }
}
