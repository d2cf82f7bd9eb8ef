package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.wire.ActionEventResponse;
import dev.valet.agent.hatchet.wire.StepActionEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Delivers results until the engine accepts them, however long that takes. On the worker's context
 * throughout, except for {@link #keep}.
 */
final class ResultDelivery {
  private static final Logger LOG = Logger.getLogger(ResultDelivery.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int AT_ONCE = 8;
  private static final int REMEMBERED = 1_000;

  private final Context context;
  private final Vertx vertx;
  private final ResultStore store;
  private final Supplier<@Nullable GrpcConnection> connection;
  private final RandomGenerator random;

  private final Map<AttemptKey, StepActionEvent> waiting = new LinkedHashMap<>();
  private final Set<AttemptKey> underWay = new LinkedHashSet<>();
  private final Set<AttemptKey> delivered = new LinkedHashSet<>();
  private int failures;
  private boolean pausing;
  private Runnable onChange = () -> {};

  ResultDelivery(
      Context context,
      Vertx vertx,
      ResultStore store,
      Supplier<@Nullable GrpcConnection> connection,
      RandomGenerator random) {
    this.context = context;
    this.vertx = vertx;
    this.store = store;
    this.connection = connection;
    this.random = random;
  }

  void onChange(Runnable listener) {
    onChange = listener;
  }

  /** What an earlier process left. */
  void resume(Iterable<StepActionEvent> left) {
    left.forEach(event -> waiting.putIfAbsent(AttemptKey.of(event), event));
    deliver();
  }

  /** Makes sure of a result; blocking, on a handler's thread. */
  void keep(StepActionEvent event) {
    try {
      store.keep(event);
    } catch (IOException e) {
      LOG.warnf("a result is in memory only, the disk refuses it: %s", e.getMessage());
    }
  }

  /** Begins to deliver a result that was kept. */
  void add(StepActionEvent event) {
    waiting.put(AttemptKey.of(event), event);
    if (waiting.size() > ResultStore.MOST) {
      AttemptKey oldest = waiting.keySet().iterator().next();
      LOG.errorf("too many results wait for the engine: that of %s is given up", oldest);
      settled(oldest);
    }
    deliver();
  }

  /** Whether this attempt's end is known here, so that it must not run again. */
  boolean knows(AttemptKey key) {
    return waiting.containsKey(key) || delivered.contains(key);
  }

  int pending() {
    return waiting.size();
  }

  /** Tries at once, because the engine is back. */
  void hurry() {
    failures = 0;
    pausing = false;
    deliver();
  }

  private void deliver() {
    GrpcConnection open = connection.get();
    Optional<StepActionEvent> next = next();
    // A call may fail at once, and then begins a pause.
    while (open != null && next.isPresent() && !pausing && underWay.size() < AT_ONCE) {
      send(open, next.get());
      next = next();
    }
  }

  private Optional<StepActionEvent> next() {
    return waiting.entrySet().stream()
        .filter(entry -> !underWay.contains(entry.getKey()))
        .findFirst()
        .map(Map.Entry::getValue);
  }

  private void send(GrpcConnection open, StepActionEvent event) {
    AttemptKey key = AttemptKey.of(event);
    underWay.add(key);
    Future<ActionEventResponse> sent = open.call(Methods.SEND_EVENT, event, LIMIT);
    sent.onComplete(done -> {
      underWay.remove(key);
      if (done.succeeded()) {
        failures = 0;
        settled(key);
      } else {
        refused(key, RpcFailure.of(done.cause()));
      }
      deliver();
    });
  }

  private void refused(AttemptKey key, RpcFailure failure) {
    if (failure.code() == RpcCode.INVALID_ARGUMENT) {
      LOG.errorf("the engine will never take the result of %s: %s", key, failure.getMessage());
      settled(key);
      return;
    }
    failures++;
    if (!pausing) {
      pausing = true;
      vertx.setTimer(
          FullJitter.RESULTS.millis(failures, random),
          timer -> {
            pausing = false;
            deliver();
          });
    }
  }

  private void settled(AttemptKey key) {
    waiting.remove(key);
    delivered.add(key);
    if (delivered.size() > REMEMBERED) {
      delivered.remove(delivered.iterator().next());
    }
    var _ =
        context
            .executeBlocking(
                () -> {
                  store.forget(key);
                  return key;
                },
                true)
            .onFailure(e -> LOG.warnf("a delivered result stays on disk: %s", e.getMessage()));
    onChange.run();
  }
}
