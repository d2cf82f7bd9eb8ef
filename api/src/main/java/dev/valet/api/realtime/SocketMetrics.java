package dev.valet.api.realtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.function.Supplier;

/** Counts what happens to sockets. */
@ApplicationScoped
class SocketMetrics {
  private final MeterRegistry metrics;

  SocketMetrics(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  void countOpen(Supplier<Number> open) {
    Gauge.builder("valet.events.sockets", open).register(metrics);
  }

  /** The server closed one. */
  void closed(CloseCode code) {
    String reason = code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    metrics.counter("valet.events.closed", "reason", reason).increment();
  }

  /** A client was told that it missed something. */
  void resynced() {
    metrics.counter("valet.events.resyncs").increment();
  }
}
