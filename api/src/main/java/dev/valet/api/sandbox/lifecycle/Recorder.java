package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.sandbox.lifecycle.Outcome.AttemptAbsent;
import dev.valet.api.sandbox.lifecycle.Outcome.AttemptChange;
import dev.valet.api.sandbox.lifecycle.Outcome.AttemptEnd;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The record step: one transaction with the compare-and-set of the row, the attempt, the operation,
 * what the features below must know, events and audit. A lost race writes nothing.
 */
@ApplicationScoped
class Recorder {
  private static final Logger LOG = Logger.getLogger(Recorder.class);

  private final Transactions transactions;
  private final StatusStore statuses;
  private final Launches launches;
  private final Consequences consequences;
  private final Outcomes outcomes;
  private final Clock clock;

  Recorder(
      Transactions transactions,
      StatusStore statuses,
      Launches launches,
      Consequences consequences,
      LifecycleConfig config,
      Clock clock) {
    this.transactions = transactions;
    this.statuses = statuses;
    this.launches = launches;
    this.consequences = consequences;
    this.outcomes = new Outcomes(config);
    this.clock = clock;
  }

  /** Whether nothing would change, so that the claim can be given back in a batch. */
  static boolean unchanged(Claim claim, Outcome outcome) {
    return outcome.next().equals(claim.stored())
        && outcome.attempt() == null
        && !outcome.openLaunch()
        && outcome.action() == null
        && claim.desired().generation() == claim.stored().observedGeneration();
  }

  /** Records an outcome; a lost race is dropped, as the row will be looked at again. */
  Uni<Void> record(Claim claim, Outcome outcome) {
    return transactions
        .write(
            tx -> outcome.openLaunch() ? openLaunch(tx, claim, outcome) : write(tx, claim, outcome))
        .onFailure(LostRace.class)
        .recoverWithItem(() -> lost(claim));
  }

  /** Gives claims back for which nothing changed. */
  Uni<Void> release(List<Claim> claims, List<Instant> again) {
    return claims.isEmpty()
        ? Uni.createFrom().voidItem()
        : transactions.write(tx -> statuses.release(tx, claims, again)).replaceWithVoid();
  }

  private Uni<Void> openLaunch(Tx tx, Claim claim, Outcome outcome) {
    return launches
        .choose(tx, claim)
        .chain(chosen ->
            chosen.isEmpty()
                ? write(tx, claim, outcomes.noOffering(outcome, Offering.NONE_LEFT))
                : write(tx, claim, outcome.detail(chosen.get().toString()))
                    .chain(() -> launches.open(tx, claim, chosen.get())));
  }

  private Uni<Void> write(Tx tx, Claim claim, Outcome outcome) {
    Instant again = clock.instant().plus(outcome.again());
    return statuses
        .record(tx, claim, outcome.next(), again)
        .invoke(recorded -> {
          if (!recorded) {
            throw new LostRace();
          }
        })
        .chain(() -> attempt(tx, outcome.attempt()))
        .chain(() -> consequences.of(tx, claim, outcome));
  }

  private Uni<Void> attempt(Tx tx, @Nullable AttemptChange change) {
    return switch (change) {
      case null -> Uni.createFrom().voidItem();
      case AttemptEnd end -> launches.close(tx, end.attemptId(), end.outcome(), end.instanceId());
      case AttemptAbsent absent -> launches.absent(tx, absent.attemptId());
    };
  }

  private static Void lost(Claim claim) {
    LOG.debugf("Sandbox %s was changed by another replica; dropped", claim.sandboxId());
    return null;
  }

  /** Rolls the transaction back. */
  private static final class LostRace extends RuntimeException {
    LostRace() {
      super("lost race", null, false, false);
    }
  }
}
