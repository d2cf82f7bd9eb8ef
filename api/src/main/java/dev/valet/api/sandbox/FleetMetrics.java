package dev.valet.api.sandbox;

import dev.valet.api.platform.loop.Loop;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Counts sandboxes by phase and health for {@code valet.sandboxes}: one query a period, however
 * often it is scraped. Every replica counts the whole fleet, so take one of them, not the sum.
 * Terminated sandboxes are history and not counted.
 */
@ApplicationScoped
class FleetMetrics implements Loop {
  private static final Duration PERIOD = Duration.ofSeconds(15);

  private final FleetCountStore store;
  private final MultiGauge sandboxes;

  FleetMetrics(FleetCountStore store, MeterRegistry meters) {
    this.store = store;
    this.sandboxes =
        MultiGauge.builder("valet.sandboxes")
            .description("Living sandboxes by phase and health")
            .register(meters);
  }

  @Override
  public String name() {
    return "fleet-metrics";
  }

  @Override
  public Duration period() {
    return PERIOD;
  }

  @Override
  public Uni<Void> run() {
    return store.living().invoke(this::show).replaceWithVoid();
  }

  /** Overwrites: a pair that no sandbox has any more must go. */
  private void show(List<FleetCountStore.Count> counts) {
    sandboxes.register(counts.stream().map(FleetMetrics::row).toList(), true);
  }

  private static MultiGauge.Row<Number> row(FleetCountStore.Count count) {
    Tags tags = Tags.of("phase", count.phase(), "health", count.health());
    return MultiGauge.Row.of(tags, count.sandboxes());
  }
}
