package dev.valet.api.health;

import dev.valet.api.access.Caller;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.common.access.Permission;
import dev.valet.common.health.FleetFreezeView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Shows people whether the fleet is frozen, and lets automatic repair go on when they say so. */
@ApplicationScoped
class FreezeViews {
  private final FreezeStore store;
  private final FleetFreeze freeze;
  private final Transactions transactions;
  private final Clock clock;

  FreezeViews(FreezeStore store, FleetFreeze freeze, Transactions transactions, Clock clock) {
    this.store = store;
    this.freeze = freeze;
    this.transactions = transactions;
    this.clock = clock;
  }

  Uni<FleetFreezeView> show() {
    return transactions.write(tx -> store.view(tx, clock.instant()));
  }

  /**
   * Releases automatic repair and shows how things stand then; nothing happens if it was not
   * braked.
   *
   * @throws ProblemException forbidden to those who do not operate the whole fleet
   */
  Uni<FleetFreezeView> release(Caller caller) {
    if (!caller.scope(Permission.OPERATE).isAll()) {
      throw ProblemException.forbidden(
          "The brake holds the whole fleet: releasing it needs the permission \"operate\" for all"
              + " tenants and environments");
    }
    return transactions.write(
        tx -> freeze.release(tx, caller.actor()).chain(() -> store.view(tx, clock.instant())));
  }
}
