package dev.valet.api.platform.loop;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs every {@link Loop}: by tick with jitter, by wake-up and by hand; never overlapping itself.
 * At shutdown it starts nothing more and waits a bounded time for what is under way.
 */
@ApplicationScoped
public class LoopRunner {
  private static final Logger LOG = Logger.getLogger(LoopRunner.class);
  private static final double JITTER = 0.1;

  private final Vertx vertx;
  private final Contexts contexts;
  private final Wakeups wakeups;
  private final LoopConfig config;
  private final MeterRegistry metrics;
  private final Map<String, Running> loops = new HashMap<>();
  private final Random jitter = new Random();

  LoopRunner(
      Vertx vertx,
      Contexts contexts,
      Wakeups wakeups,
      LoopConfig config,
      MeterRegistry metrics,
      @All List<Loop> loops) {
    this.vertx = vertx;
    this.contexts = contexts;
    this.wakeups = wakeups;
    this.config = config;
    this.metrics = metrics;
    loops.forEach(loop -> this.loops.put(loop.name(), new Running(loop, new LoopState())));
  }

  /** Runs one round now, also where loops are off. Not to be mixed with running ones. */
  public Uni<Void> trigger(String name) {
    return contexts.fresh(() -> running(name).loop().run());
  }

  void start(@Observes StartupEvent event) {
    if (!config.enabled()) {
      return;
    }
    for (Running running : loops.values()) {
      wakeups.register(running.loop().name(), () -> request(running));
      scheduleTick(running);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    loops.values().forEach(running -> running.state().close());
    CountDownLatch idle = new CountDownLatch(1);
    long poll = vertx.setPeriodic(20, timer -> countDownWhenIdle(idle));
    try {
      if (!idle.await(config.shutdown().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Stopping while loops are still running; their leases will expire");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      vertx.cancelTimer(poll);
    }
  }

  private void countDownWhenIdle(CountDownLatch idle) {
    if (loops.values().stream().noneMatch(running -> running.state().isRunning())) {
      idle.countDown();
    }
  }

  private Running running(String name) {
    Running running = loops.get(name);
    if (running == null) {
      throw new IllegalArgumentException("no loop named " + name + "; there are " + loops.keySet());
    }
    return running;
  }

  private void scheduleTick(Running running) {
    Duration period = running.loop().period();
    long delay = Math.max(1, (long) (period.toMillis() * (1 + JITTER * jitter.nextDouble())));
    vertx.setTimer(
        delay,
        timer -> {
          request(running);
          scheduleTick(running);
        });
  }

  private void request(Running running) {
    if (running.state().request()) {
      round(running);
    }
  }

  private void round(Running running) {
    Timer.Sample sample = Timer.start(metrics);
    contexts
        .fresh(running.loop()::run)
        .subscribe()
        .with(done -> ended(running, sample, "ok"), failure -> failed(running, sample, failure));
  }

  private void failed(Running running, Timer.Sample sample, Throwable failure) {
    LOG.warnf(failure, "Loop %s failed; it runs again at its next tick", running.loop().name());
    ended(running, sample, "failed");
  }

  private void ended(Running running, Timer.Sample sample, String result) {
    sample.stop(metrics.timer("valet.loop", "loop", running.loop().name(), "result", result));
    if (running.state().finished()) {
      round(running);
    }
  }

  private record Running(Loop loop, LoopState state) {}
}
