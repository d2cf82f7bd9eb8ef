package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.ComputeProvider;
import dev.valet.api.compute.Instance;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.loop.Leases;
import dev.valet.api.platform.loop.Loop;
import dev.valet.api.platform.loop.Wakeups;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Lists every instance of the installation and makes those sandboxes due of which EC2 says
 * something new. It decides nothing: an answer that lacks an instance only leads to a closer look.
 */
@ApplicationScoped
class Sweep implements Loop {
  private static final Logger LOG = Logger.getLogger(Sweep.class);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final ComputeProvider compute;
  private final Transactions transactions;
  private final StatusStore statuses;
  private final SweepStore known;
  private final Leases leases;
  private final Wakeups wakeups;
  private final LifecycleConfig config;
  private final Clock clock;

  Sweep(
      ComputeProvider compute,
      Transactions transactions,
      StatusStore statuses,
      SweepStore known,
      Leases leases,
      Wakeups wakeups,
      LifecycleConfig config,
      Clock clock) {
    this.compute = compute;
    this.transactions = transactions;
    this.statuses = statuses;
    this.known = known;
    this.leases = leases;
    this.wakeups = wakeups;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "ec2-sweep";
  }

  @Override
  public Duration period() {
    return config.sweepPeriod();
  }

  @Override
  public Uni<Void> run() {
    return leases.alone(name(), LONGEST, this::sweep);
  }

  private Uni<Void> sweep() {
    return compute
        .listInstallation()
        .chain(listed -> known.launched().map(rows -> changed(rows, listed)))
        .chain(this::look);
  }

  private Uni<Void> look(List<UUID> changed) {
    if (changed.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    LOG.debugf("EC2 says something new of %d sandboxes", changed.size());
    return transactions
        .write(tx -> statuses.dueNow(tx, changed, clock.instant()))
        .invoke(() -> wakeups.wake(Wakeups.RECONCILER))
        .replaceWithVoid();
  }

  private static List<UUID> changed(List<SweepStore.Known> rows, List<Instance> listed) {
    Map<String, Instance> byId =
        listed.stream()
            .collect(Collectors.toMap(Instance::instanceId, Function.identity(), (a, b) -> b));
    return rows.stream()
        .filter(row -> row.differsFrom(byId.get(row.instanceId())))
        .map(SweepStore.Known::sandboxId)
        .toList();
  }
}
