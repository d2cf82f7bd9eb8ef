package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.wire.UnsubscribeRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The orderly end: no new tasks, but heartbeats and stream go on, so that the engine takes no task
 * away and cancellations still arrive; what is not done at the deadline is reported as failed; then
 * results are handed in.
 */
final class Drain {
  private static final Logger LOG = Logger.getLogger(Drain.class);
  private static final long POLL_MILLIS = 50;
  private static final Duration CUT_OFF = Duration.ofSeconds(3);
  private static final Duration FLUSH = Duration.ofSeconds(3);
  private static final Duration UNSUBSCRIBE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final LinkRunner runner;
  private final AttemptDesk desk;
  private final ResultDelivery results;
  private final LogDelivery logs;
  private final RestApi rest;

  Drain(
      Vertx vertx,
      LinkRunner runner,
      AttemptDesk desk,
      ResultDelivery results,
      LogDelivery logs,
      RestApi rest) {
    this.vertx = vertx;
    this.runner = runner;
    this.desk = desk;
    this.results = results;
    this.logs = logs;
    this.rest = rest;
  }

  /** Completes, never fails, when nothing is left to do. */
  Future<Void> run(@Nullable Endpoint endpoint, Duration grace) {
    return pause(endpoint)
        .compose(paused -> until(desk::isIdle, grace))
        .compose(idle -> idle ? Future.succeededFuture(true) : cutOff())
        .compose(
            done -> until(this::isFlushed, runner.connection() == null ? Duration.ZERO : FLUSH))
        .compose(flushed -> unsubscribe())
        .otherwiseEmpty();
  }

  private Future<Void> pause(@Nullable Endpoint endpoint) {
    String workerId = runner.link().workerId();
    if (endpoint == null || workerId == null || !runner.link().isConnected()) {
      return Future.succeededFuture();
    }
    return rest.pause(endpoint, workerId, true)
        .onFailure(failure -> LOG.warnf("not paused, draining goes on: %s", failure.getMessage()))
        .otherwiseEmpty();
  }

  private Future<Boolean> cutOff() {
    LOG.warnf("%d tasks are not done in time and are cut off", desk.active());
    desk.cutOff();
    return until(desk::isIdle, CUT_OFF);
  }

  private boolean isFlushed() {
    return results.pending() == 0 && logs.isEmpty();
  }

  private Future<Void> unsubscribe() {
    GrpcConnection open = runner.connection();
    String workerId = runner.link().workerId();
    Future<Void> told =
        open == null || workerId == null || !runner.link().isConnected()
            ? Future.succeededFuture()
            : open.call(
                    Methods.UNSUBSCRIBE,
                    UnsubscribeRequest.newBuilder().setWorkerId(workerId).build(),
                    UNSUBSCRIBE)
                .mapEmpty();
    return told.otherwiseEmpty().onComplete(done -> runner.use(null));
  }

  private Future<Boolean> until(BooleanSupplier done, Duration limit) {
    Promise<Boolean> promise = Promise.promise();
    poll(done, limit.toMillis(), promise);
    return promise.future();
  }

  private void poll(BooleanSupplier done, long millisLeft, Promise<Boolean> promise) {
    if (done.getAsBoolean()) {
      promise.complete(true);
    } else if (millisLeft <= 0) {
      promise.complete(false);
    } else {
      vertx.setTimer(POLL_MILLIS, timer -> poll(done, millisLeft - POLL_MILLIS, promise));
    }
  }
}
