package dev.valet.api.health;

import dev.valet.api.agent.ProbeResult;
import dev.valet.common.health.HealthStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/**
 * Probes by result and their duration, probes under way and waiting, turns that came too early, and
 * verdicts. Verdicts are counted over this replica's shards: the sum over replicas is the fleet.
 */
@ApplicationScoped
class ProbeMetrics {
  private final MeterRegistry meters;
  private final ProbeRegister register;

  ProbeMetrics(MeterRegistry meters, ProbeRegister register) {
    this.meters = meters;
    this.register = register;
    for (HealthStatus status : HealthStatus.values()) {
      meters.gauge(
          "valet.probed.sandboxes",
          List.of(Tag.of("health", status.wire())),
          this,
          me -> me.count(status));
    }
  }

  void watch(ProbeQueue queue, ProbeResults results) {
    meters.gauge("valet.probes.unwritten", results, ProbeResults::size);
    meters.gauge("valet.probes.in.flight", queue, ProbeQueue::inFlight);
    meters.gauge("valet.probes.waiting", queue, ProbeQueue::waiting);
  }

  void answered(ProbeResult result) {
    meters.timer("valet.probes", "result", label(result)).record(result.took());
  }

  /** A sandbox's turn came while its turn before was not over. */
  void overdue() {
    meters.counter("valet.probes.overdue").increment();
  }

  private double count(HealthStatus status) {
    return register.all().stream().filter(one -> one.state().status() == status).count();
  }

  private static String label(ProbeResult result) {
    return switch (result) {
      case ProbeResult.Answer answer -> answer.report().status().wire();
      case ProbeResult.Failure failure -> failure.kind().name().toLowerCase(Locale.ROOT);
    };
  }
}
