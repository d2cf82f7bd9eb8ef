package dev.valet.agent.hatchet;

import dev.valet.agent.task.WorkBoard;
import dev.valet.agent.task.WorkFacts;
import dev.valet.common.health.HatchetState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The worker's numbers for {@code /metrics}. Names of tasks come from what is declared here, so the
 * engine cannot make series. From any thread.
 */
final class WorkerMeters {
  private final MeterRegistry registry;
  private final Counter refused;
  private final Timer delay;
  private final Timer accepted;
  private final Timer failed;

  WorkerMeters(MeterRegistry registry, WorkBoard board) {
    this.registry = registry;
    refused =
        Counter.builder("valet.agent.tasks.refused")
            .description("Assigned actions that this worker cannot do")
            .register(registry);
    delay =
        Timer.builder("valet.agent.tasks.start.delay")
            .description("From the arrival of an attempt to the start of its handler")
            .register(registry);
    accepted = heartbeat("accepted");
    failed = heartbeat("failed");
    gauge(board, "tasks.stuck", "Cancelled attempts that do not end", WorkFacts::stuck);
    gauge(
        board,
        "hatchet.results.pending",
        "Results that the engine has not accepted yet",
        facts -> facts.engine().pendingEvents());
    gauge(
        board,
        "hatchet.stream.age.seconds",
        "Age of the task stream; NaN without one",
        facts -> orNaN(facts.engine().streamSeconds()));
    counter(
        board,
        "hatchet.reconnects",
        "Times that the task stream was lost",
        facts -> facts.engine().reconnects());
    counter(
        board,
        "tasks.duplicates",
        "Attempts that came again and were not run twice",
        facts -> facts.engine().duplicates());
    for (HatchetState state : HatchetState.values()) {
      Gauge.builder(
              "valet.agent.hatchet.state",
              board,
              shown -> shown.facts().engine().state() == state ? 1 : 0)
          .description("1 for the state of the connection to the task engine")
          .tag("state", state.wire())
          .register(registry);
    }
  }

  private Timer heartbeat(String outcome) {
    return Timer.builder("valet.agent.hatchet.heartbeats")
        .description("Round trips of heartbeats")
        .tag("outcome", outcome)
        .register(registry);
  }

  private void gauge(
      WorkBoard board, String name, String description, ToDoubleFunction<WorkFacts> value) {
    Gauge.builder("valet.agent." + name, board, shown -> value.applyAsDouble(shown.facts()))
        .description(description)
        .register(registry);
  }

  private void counter(
      WorkBoard board, String name, String description, ToDoubleFunction<WorkFacts> value) {
    FunctionCounter.builder(
            "valet.agent." + name, board, shown -> value.applyAsDouble(shown.facts()))
        .description(description)
        .register(registry);
  }

  private static double orNaN(@org.jspecify.annotations.Nullable Long value) {
    return value == null ? Double.NaN : value;
  }

  /** How an attempt ended, as far as the engine is concerned. */
  enum Outcome {
    COMPLETED,
    FAILED,
    CANCELLED
  }

  void refused() {
    refused.increment();
  }

  void began(Duration sinceArrival) {
    delay.record(sinceArrival);
  }

  void ended(String task, Outcome outcome, Duration took) {
    Timer.builder("valet.agent.tasks")
        .description("Attempts by their outcome, and how long their handlers took")
        .tag("task", task)
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(took);
  }

  void beat(boolean wasAccepted, Duration took) {
    (wasAccepted ? accepted : failed).record(took);
  }
}
