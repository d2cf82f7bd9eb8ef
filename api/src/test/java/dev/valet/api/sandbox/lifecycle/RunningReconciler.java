package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.health.FleetFreeze;
import dev.valet.api.platform.db.Reads;
import dev.valet.api.platform.db.Rows;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Contexts;
import dev.valet.api.platform.loop.Wakeups;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * The real reconciler on a made-up EC2, in stepped time: a round is made when the test says so. Of
 * the sandboxes of other tests it takes none.
 */
@ApplicationScoped
class RunningReconciler {
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Transactions transactions;
  private final Contexts contexts;
  private final Wakeups wakeups;
  private final StatusStore statuses;
  private final ClaimStore claims;
  private final Launches launches;
  private final Recorder recorder;
  private final FleetFreeze freeze;
  private final LifecycleConfig config;
  private final Reads reads;

  private FakeEc2 ec2 = new FakeEc2();
  private Instant now = Instant.EPOCH;
  private Reconciler reconciler;

  RunningReconciler(
      Transactions transactions,
      Contexts contexts,
      Wakeups wakeups,
      StatusStore statuses,
      ClaimStore claims,
      Launches launches,
      Recorder recorder,
      FleetFreeze freeze,
      LifecycleConfig config,
      Reads reads) {
    this.transactions = transactions;
    this.contexts = contexts;
    this.wakeups = wakeups;
    this.statuses = statuses;
    this.claims = claims;
    this.launches = launches;
    this.recorder = recorder;
    this.freeze = freeze;
    this.config = config;
    this.reads = reads;
  }

  /** Begins with an empty EC2, and leaves all sandboxes alone that exist by now. */
  FakeEc2 begin() {
    ec2 = new FakeEc2();
    now = Clock.systemUTC().instant();
    restart();
    contexts
        .fresh(() ->
            transactions.write(tx ->
                tx.update("UPDATE sandbox_status SET lease_until = now() + interval '1 day'")))
        .await()
        .atMost(PATIENCE);
    return ec2;
  }

  /** Another process on the same database: what the old one knew is forgotten. */
  void restart() {
    Clock clock = InstantSource.tick(() -> now, Duration.ofNanos(1)).withZone(ZoneOffset.UTC);
    reconciler =
        new Reconciler(
            ec2,
            transactions,
            contexts,
            wakeups,
            statuses,
            claims,
            new Executor(ec2, transactions, statuses, launches, config, clock),
            recorder,
            freeze,
            config,
            clock);
  }

  /** One round, and the end of all that it began. */
  void round() {
    now = now.plus(ROUND);
    contexts.fresh(reconciler::run).await().atMost(PATIENCE);
    Instant until = Clock.systemUTC().instant().plus(PATIENCE);
    while (reconciler.busy() > 0 && Clock.systemUTC().instant().isBefore(until)) {
      Thread.onSpinWait();
    }
    if (reconciler.busy() > 0) {
      throw new AssertionError("the round does not end");
    }
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** What the agent did just now was done at the time of this world. */
  void contactedNow(UUID sandboxId) {
    contexts
        .fresh(() ->
            transactions.write(tx ->
                tx.update(
                    "UPDATE agent_contact SET contacted_at = $2 WHERE sandbox_id = $1",
                    sandboxId,
                    Rows.parameter(now))))
        .await()
        .atMost(PATIENCE);
  }

  Reads reads() {
    return reads;
  }
}
