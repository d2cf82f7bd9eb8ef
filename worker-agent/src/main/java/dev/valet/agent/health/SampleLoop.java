package dev.valet.agent.health;

import dev.valet.agent.sysmetrics.SystemSample;
import dev.valet.agent.sysmetrics.SystemSampler;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/**
 * Takes a sample every {@value #PERIOD_MILLIS} ms on a worker thread. The tick itself runs on the
 * event loop, so that it notices when the worker hangs.
 */
@Singleton
public final class SampleLoop {
  static final long PERIOD_MILLIS = 5_000;
  private static final int OVERDUE_AFTER_TICKS = 3;
  private static final Logger LOG = Logger.getLogger(SampleLoop.class);

  private final Vertx vertx;
  private final Callable<SystemSample> sampler;
  private final HealthBoard board;

  private boolean underWay;
  private int missedTicks;

  @Inject
  SampleLoop(Vertx vertx, SystemSampler sampler, HealthBoard board) {
    this(vertx, sampler::sample, board);
  }

  SampleLoop(Vertx vertx, Callable<SystemSample> sampler, HealthBoard board) {
    this.vertx = vertx;
    this.sampler = sampler;
    this.board = board;
  }

  /** Begins at once and goes on until the process ends. */
  public void start() {
    vertx.runOnContext(context -> {
      tick();
      vertx.setPeriodic(PERIOD_MILLIS, timer -> tick());
    });
  }

  /** Always on the context that {@link #start} chose, hence without locks. */
  void tick() {
    if (underWay) {
      missedTicks++;
      if (missedTicks == OVERDUE_AFTER_TICKS) {
        LOG.warn("the sampler hangs: reading /proc or the disk does not return");
        board.sampleOverdue();
      }
      return;
    }
    underWay = true;
    missedTicks = 0;
    var _ =
        vertx
            .executeBlocking(sampler)
            .onSuccess(board::sampled)
            .onFailure(failure -> LOG.warnf("no sample: %s", failure))
            .onComplete(done -> underWay = false);
  }
}
