package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.platform.db.Rows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * The real reconciler on a made-up EC2, in stepped time: a round is made when the test says so. Of
 * the sandboxes that existed before it takes none.
 */
final class RunningReconciler {
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final FakeEc2 ec2 = new FakeEc2();
  private final LifecycleBeans beans;
  private Instant now = Clock.systemUTC().instant();
  private Reconciler reconciler;

  RunningReconciler(LifecycleBeans beans) {
    this.beans = beans;
    this.reconciler = process();
    beans.write(
        tx -> tx.update("UPDATE sandbox_status SET lease_until = now() + interval '1 day'"));
  }

  private Reconciler process() {
    InstantSource time = () -> now;
    return beans.reconciler(ec2, time.withZone(ZoneOffset.UTC));
  }

  /** Another process on the same database: what the old one knew is forgotten. */
  void restart() {
    reconciler = process();
  }

  /** One round, and the end of all that it began. */
  void round() {
    now = now.plus(ROUND);
    beans.await(reconciler::run);
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
    beans.write(tx ->
        tx.update(
            "UPDATE agent_contact SET contacted_at = $2 WHERE sandbox_id = $1",
            sandboxId,
            Rows.parameter(now)));
  }
}
