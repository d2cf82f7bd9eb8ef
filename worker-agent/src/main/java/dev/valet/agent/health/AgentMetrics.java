package dev.valet.agent.health;

import dev.valet.agent.health.HealthBoard.Drawn;
import dev.valet.agent.platform.ProcessFacts;
import dev.valet.agent.sysmetrics.SystemSample;
import dev.valet.common.health.AgentHealth.Tasks;
import dev.valet.common.health.AgentHealth.Usage;
import dev.valet.common.health.AgentLifecycle;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The numbers behind {@code /metrics}. Gauges show the last sample; scraping reads nothing else.
 */
@Singleton
final class AgentMetrics {
  private final PrometheusMeterRegistry registry;
  private final Map<Request, Timer> requests = new ConcurrentHashMap<>();
  private final HealthBoard board;

  AgentMetrics(HealthBoard board, ProcessFacts process, PrometheusMeterRegistry registry) {
    this.board = board;
    this.registry = registry;
    Gauge.builder("valet.agent.info", () -> 1)
        .description("Always 1; the label tells the agent's version")
        .tag("version", process.version())
        .register(registry);
    for (AgentLifecycle state : AgentLifecycle.values()) {
      Gauge.builder("valet.agent.lifecycle", () -> isIn(state) ? 1 : 0)
          .description("1 for the state that the process is in")
          .tag("state", state.wire())
          .register(registry);
    }
    gauge("valet.agent.ready", "1 when /health/ready answers 200", drawn -> ready(drawn) ? 1 : 0);
    gauge("valet.agent.tasks.active", "Running tasks", drawn -> tasks(drawn).active());
    gauge("valet.agent.tasks.capacity", "Tasks at once", drawn -> tasks(drawn).capacity());
    gauge("process.uptime.seconds", "Age", drawn -> process.uptime().toMillis() / 1000.0);
    gauge("process.threads", "Threads", drawn -> drawn.sample().processThreads());
    gauge(
        "process.resident.memory.bytes",
        "Resident memory of the agent",
        drawn -> drawn.sample().processResidentBytes());
    gauge("jvm.heap.used.bytes", "Heap in use, garbage included", drawn -> heapUsed());
    gauge("system.cpu.share", "Busy share of all cores", drawn -> orNaN(drawn.sample().cpu()));
    usage("system.memory", "Memory of the machine", SystemSample::memory);
    usage("system.disk", "File system that holds the agent's state", SystemSample::disk);
  }

  /** All from closed sets, so that a hostile client cannot make new series. */
  record Request(String route, String method, int status) {}

  void answered(Request request, Duration took) {
    requests
        .computeIfAbsent(
            request,
            key ->
                Timer.builder("http.server.requests")
                    .description("Time to answer, without the network")
                    .tags(
                        "route", key.route(),
                        "method", key.method(),
                        "status", String.valueOf(key.status()))
                    .register(registry))
        .record(took);
  }

  /** Prometheus text format, version 0.0.4. */
  String scrape() {
    return registry.scrape();
  }

  private void gauge(String name, String description, ToDoubleFunction<Drawn> value) {
    Gauge.builder(name, () -> value.applyAsDouble(board.drawn()))
        .description(description)
        .register(registry);
  }

  private void usage(
      String name, String description, Function<SystemSample, @Nullable Usage> usage) {
    gauge(name + ".used.bytes", description + ": used", drawn -> used(usage.apply(drawn.sample())));
    gauge(
        name + ".total.bytes",
        description + ": total",
        drawn -> total(usage.apply(drawn.sample())));
  }

  private boolean isIn(AgentLifecycle state) {
    return board.drawn().report().health().lifecycle() == state;
  }

  private static boolean ready(Drawn drawn) {
    return drawn.report().shortcomings().isEmpty();
  }

  private static Tasks tasks(Drawn drawn) {
    return drawn.report().health().tasks();
  }

  private static double heapUsed() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  private static double used(@Nullable Usage usage) {
    return usage == null ? Double.NaN : usage.usedBytes();
  }

  private static double total(@Nullable Usage usage) {
    return usage == null ? Double.NaN : usage.totalBytes();
  }
}
