package dev.valet.agent.health;

import dev.valet.agent.health.HealthBoard.Drawn;
import dev.valet.agent.platform.ProcessFacts;
import dev.valet.common.health.AgentHealth.Usage;
import dev.valet.common.health.AgentLifecycle;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The numbers behind {@code /metrics}. Gauges show the last sample; scraping reads nothing else.
 */
@Singleton
final class AgentMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Request, Timer> requests = new ConcurrentHashMap<>();
  private final HealthBoard board;

  AgentMetrics(HealthBoard board, ProcessFacts process) {
    this.board = board;
    Gauge.builder("valet.agent.info", () -> 1).tag("version", process.version()).register(registry);
    Gauge.builder("process.uptime.seconds", () -> process.uptime().toMillis() / 1000.0)
        .register(registry);
    Gauge.builder("jvm.heap.used.bytes", AgentMetrics::heapUsed).register(registry);
    gauge("process.resident.memory.bytes", drawn -> drawn.sample().processResidentBytes());
    gauge("process.threads", drawn -> drawn.sample().processThreads());
    gauge("valet.agent.ready", drawn -> drawn.report().shortcomings().isEmpty() ? 1 : 0);
    gauge("valet.agent.tasks.active", drawn -> drawn.report().health().tasks().active());
    gauge("valet.agent.tasks.capacity", drawn -> drawn.report().health().tasks().capacity());
    gauge("system.cpu.share", drawn -> orNaN(drawn.sample().cpu()));
    gauge("system.memory.used.bytes", drawn -> used(drawn.sample().memory()));
    gauge("system.memory.total.bytes", drawn -> total(drawn.sample().memory()));
    gauge("system.disk.used.bytes", drawn -> used(drawn.sample().disk()));
    gauge("system.disk.total.bytes", drawn -> total(drawn.sample().disk()));
    for (AgentLifecycle state : AgentLifecycle.values()) {
      Gauge.builder(
              "valet.agent.lifecycle",
              () -> board.drawn().report().health().lifecycle() == state ? 1 : 0)
          .tag("state", state.wire())
          .register(registry);
    }
  }

  /** All from closed sets, so that a hostile client cannot make new series. */
  record Request(String route, String method, int status) {}

  void answered(Request request, Duration took) {
    requests
        .computeIfAbsent(
            request,
            key ->
                Timer.builder("http.server.requests")
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

  private void gauge(String name, ToDoubleFunction<Drawn> value) {
    Gauge.builder(name, () -> value.applyAsDouble(board.drawn())).register(registry);
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
