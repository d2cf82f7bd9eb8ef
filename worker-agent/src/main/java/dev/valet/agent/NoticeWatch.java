package dev.valet.agent;

import dev.valet.agent.control.DrainControl;
import dev.valet.agent.control.NoticePlanner;
import dev.valet.agent.control.NoticePlanner.Plan;
import dev.valet.agent.identity.CloudNotices;
import dev.valet.agent.identity.Imds;
import dev.valet.agent.platform.NoticeBoard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the metadata service every {@value #PERIOD_MILLIS} ms what EC2 has in store for this
 * machine. While it does not answer, what it said last counts.
 */
@Singleton
final class NoticeWatch {
  private static final long PERIOD_MILLIS = 5_000;

  /** Long enough to report the tasks that are not done, and to hand results in. */
  static final Duration LAST_MOMENT = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Supplier<Future<CloudNotices>> source;
  private final DrainControl drains;
  private final NoticeBoard board;
  private final Clock clock;

  private Plan last = Plan.NOTHING;
  private boolean underWay;
  private boolean ended;

  @Inject
  NoticeWatch(Vertx vertx, Imds imds, DrainControl drains, NoticeBoard board, Clock clock) {
    this(vertx, imds::notices, drains, board, clock);
  }

  NoticeWatch(
      Vertx vertx,
      Supplier<Future<CloudNotices>> source,
      DrainControl drains,
      NoticeBoard board,
      Clock clock) {
    this.vertx = vertx;
    this.source = source;
    this.drains = drains;
    this.board = board;
    this.clock = clock;
  }

  /**
   * Begins.
   *
   * @param lastMoment called once, shortly before EC2 takes the machine away, with the time that is
   *     left for running tasks
   */
  void start(Consumer<Duration> lastMoment) {
    vertx.runOnContext(context -> {
      look(lastMoment);
      vertx.setPeriodic(PERIOD_MILLIS, timer -> look(lastMoment));
    });
  }

  /** Always on one context. */
  void look(Consumer<Duration> lastMoment) {
    if (underWay) {
      return;
    }
    underWay = true;
    source
        .get()
        .onSuccess(notices -> follow(NoticePlanner.plan(notices, clock.instant())))
        .onComplete(done -> {
          underWay = false;
          endIfDue(last.end(), lastMoment);
        });
  }

  private void follow(Plan plan) {
    last = plan;
    board.show(plan.texts());
    drains.announced(plan.drain());
  }

  private void endIfDue(@Nullable Instant end, Consumer<Duration> lastMoment) {
    if (end == null || ended) {
      return;
    }
    Duration left = Duration.between(clock.instant(), end).minus(LAST_MOMENT);
    if (left.compareTo(Duration.ofMillis(PERIOD_MILLIS)) <= 0) {
      ended = true;
      lastMoment.accept(left.isNegative() ? Duration.ZERO : left);
    }
  }
}
