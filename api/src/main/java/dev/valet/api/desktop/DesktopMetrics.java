package dev.valet.api.desktop;

import dev.valet.common.agent.VncClose;
import dev.valet.common.agent.VncMode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts viewers. */
@ApplicationScoped
class DesktopMetrics {
  private final MeterRegistry metrics;

  DesktopMetrics(MeterRegistry metrics) {
    this.metrics = metrics;
  }

  void countOpen(Supplier<Number> open) {
    Gauge.builder("valet.desktop.sessions", open).register(metrics);
  }

  /** One is over; null if the viewer left. */
  void ended(VncMode mode, @Nullable VncClose why) {
    String reason = why == null ? "left" : why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    metrics.counter("valet.desktop.ended", "mode", mode.wire(), "reason", reason).increment();
  }
}
