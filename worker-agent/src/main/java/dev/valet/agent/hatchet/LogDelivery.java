package dev.valet.agent.hatchet;

import dev.valet.agent.hatchet.wire.PutLogRequest;
import dev.valet.agent.task.TaskAttempt.LogLevel;
import io.vertx.core.Context;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Task logs, best effort: split to what the engine takes, a bounded number waiting, a bounded rate.
 * What is dropped is counted and said. On the worker's context, except for {@link #add}.
 */
final class LogDelivery {
  /** The engine's limit of one message, in characters. */
  static final int LONGEST = 10_000;

  private static final int MOST_WAITING = 2_000;
  private static final int AT_ONCE = 8;
  private static final int PER_PERIOD = 50;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** How often the rate's budget is renewed; the worker ticks. */
  static final Duration PERIOD = Duration.ofMillis(500);

  private final Context context;
  private final Supplier<@Nullable GrpcConnection> connection;
  private final Clock clock;

  private final Deque<PutLogRequest> waiting = new ArrayDeque<>();
  private int underWay;
  private int budget = PER_PERIOD;
  private int dropped;

  LogDelivery(Context context, Supplier<@Nullable GrpcConnection> connection, Clock clock) {
    this.context = context;
    this.connection = connection;
    this.clock = clock;
  }

  /** Adds a line; from any thread, at once. */
  void add(AttemptKey key, LogLevel level, String line) {
    PutLogRequest.Builder request =
        PutLogRequest.newBuilder()
            .setTaskRunExternalId(key.taskRunId())
            .setTaskRetryCount(key.retry())
            .setCreatedAt(ActionEvents.timestamp(clock.instant()))
            .setLevel(level.name());
    context.runOnContext(now -> {
      String text = line.replace('\0', '?');
      for (int from = 0; from < text.length(); from += LONGEST) {
        String part = text.substring(from, Math.min(text.length(), from + LONGEST));
        enqueue(request.setMessage(part).build());
      }
      send();
    });
  }

  private void enqueue(PutLogRequest request) {
    if (waiting.size() >= MOST_WAITING) {
      dropped++;
      return;
    }
    if (dropped > 0) {
      waiting.add(request.toBuilder().setLevel("WARN").setMessage(lost()).build());
      dropped = 0;
    }
    waiting.add(request);
  }

  private String lost() {
    return dropped + " log lines were dropped here, as they came too fast";
  }

  /** A new period begins. */
  void tick() {
    budget = PER_PERIOD;
    send();
  }

  boolean isEmpty() {
    return waiting.isEmpty() && underWay == 0;
  }

  private void send() {
    GrpcConnection open = connection.get();
    while (open != null && budget > 0 && underWay < AT_ONCE && !waiting.isEmpty()) {
      budget--;
      underWay++;
      open.call(Methods.PUT_LOG, waiting.remove(), LIMIT)
          .onComplete(done -> {
            underWay--;
            send();
          });
    }
  }
}
