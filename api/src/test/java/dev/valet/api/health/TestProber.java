package dev.valet.api.health;

import dev.valet.api.agent.ProbeResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A prober of its own, as another replica would have it, moved by hand. */
final class TestProber {
  private final HealthBeans beans;
  private final SteppedTime time;
  final UUID id = UUID.randomUUID();
  final HeldShards held;
  final ProbeRegister register;
  final ProbeResults results;
  final SampleWindow samples = new SampleWindow();
  final ShardKeeper keeper;
  final TargetRefresh refresh;
  final ResultWriter writer;
  final Prober prober;

  TestProber(HealthBeans beans, SteppedTime time) {
    this.beans = beans;
    this.time = time;
    held = new HeldShards(time);
    register = new ProbeRegister(time, time);
    keeper = new ShardKeeper(id, beans.shards, held, beans.transactions, time);
    refresh = new TargetRefresh(beans.registers, register, held, time);
    results = new ProbeResults(held);
    writer =
        new ResultWriter(
            results,
            register,
            new FreezeGuard(beans.freezes, beans.freeze(time), register, held, time),
            new FencedWriter(keeper, beans.shards, beans.resultStore, beans.log, beans.links),
            keeper,
            samples,
            beans.transactions,
            beans.wakeups);
    ProbeMetrics metrics = new ProbeMetrics(new SimpleMeterRegistry(), register);
    prober =
        new Prober(beans.vertx, beans.agents, register, held, results, metrics, beans.config, time);
  }

  /** Takes or renews shards and reads targets. */
  void keepUp() {
    beans.await(keeper::run);
    beans.await(refresh::run);
  }

  /** Ten seconds pass, every sandbox is asked over the network, the results are written. */
  void turn() {
    time.step(ProbeWheel.PERIOD);
    keepUp();
    int expected = register.all().size();
    prober.turn();
    for (int i = 0; results.size() < expected && i < 500; i++) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    write();
  }

  /** As if the sandbox had answered that; not written yet. */
  void answered(UUID sandboxId, ProbeResult answer) {
    Probed probed = register.get(sandboxId);
    results.add(Sandboxes.result(probed, answer, time.instant()));
  }

  void write() {
    beans.await(writer::run);
  }
}
