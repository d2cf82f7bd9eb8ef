package dev.valet.api.health;

import dev.valet.api.agent.AgentClient;
import dev.valet.api.agent.ProbeResult;
import dev.valet.api.health.ProbeResults.Result;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Asks each sandbox of this prober in its rhythm and hands the answers on. Nothing here waits for
 * anything: not for other sandboxes, not for the database.
 */
@ApplicationScoped
class Prober {
  private final Vertx vertx;
  private final AgentClient agents;
  private final ProbeRegister register;
  private final HeldShards held;
  private final ProbeResults results;
  private final ProbeMetrics metrics;
  private final HealthConfig config;
  private final Clock clock;
  private final ProbeQueue queue;
  private volatile long timer = -1;

  Prober(
      Vertx vertx,
      AgentClient agents,
      ProbeRegister register,
      HeldShards held,
      ProbeResults results,
      ProbeMetrics metrics,
      HealthConfig config,
      Clock clock) {
    this.vertx = vertx;
    this.agents = agents;
    this.register = register;
    this.held = held;
    this.results = results;
    this.metrics = metrics;
    this.config = config;
    this.clock = clock;
    this.queue = new ProbeQueue(config.maxInFlight());
  }

  void start(@Observes StartupEvent event) {
    metrics.watch(queue, results);
    if (config.enabled()) {
      timer = vertx.setPeriodic(ProbeWheel.STEP.toMillis(), tick -> turn());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }

  /** Asks everyone whose time has come since the last turn. */
  void turn() {
    List<Probed> due = register.due();
    for (Probed one : due) {
      if (!queue.offer(one.target().sandboxId(), one.state().failures() > 0)) {
        metrics.overdue();
      }
    }
    if (!due.isEmpty()) {
      askWhileThereIsRoom();
    }
  }

  private void askWhileThereIsRoom() {
    UUID next = queue.next();
    while (next != null) {
      ask(next);
      next = queue.next();
    }
  }

  private void ask(UUID sandboxId) {
    Probed probed = register.get(sandboxId);
    if (probed == null || !held.isSafe(probed.claim())) {
      queue.done(sandboxId);
      return;
    }
    ProbeTarget target = probed.target();
    agents
        .health(sandboxId, target.address(), target.port())
        .subscribe()
        .with(
            answer -> answered(probed, answer),
            failure -> {
              queue.done(sandboxId);
              throw new IllegalStateException("asking an agent never fails", failure);
            });
  }

  private void answered(Probed probed, ProbeResult answer) {
    queue.done(probed.target().sandboxId());
    metrics.answered(answer);
    if (held.isSafe(probed.claim())) {
      results.add(
          new Result(
              probed.target().sandboxId(),
              probed.targetVersion(),
              probed.claim(),
              answer,
              clock.instant()));
    }
    askWhileThereIsRoom();
  }
}
