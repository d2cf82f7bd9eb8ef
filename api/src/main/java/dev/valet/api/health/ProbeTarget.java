package dev.valet.api.health;

import dev.valet.common.sandbox.Environment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A running sandbox that is to be probed: every 10 s, waiting at most 3 s.
 *
 * @param sandboxId the sandbox
 * @param tenantId its owner
 * @param environment where it belongs
 * @param address private IP address
 * @param port of the agent, 1 to 65535
 * @param bootStartedAt when this boot began; another value means another boot
 * @param thresholds of its template
 * @param declaredParts engine names, {@code hatchet} and {@code desktop} that the template declares
 * @param instanceId EC2's id
 * @param zone availability zone; null if not known
 * @param templateVersion identifies the version of the template, for the judgement on freezing
 */
public record ProbeTarget(
    UUID sandboxId,
    UUID tenantId,
    Environment environment,
    String address,
    int port,
    Instant bootStartedAt,
    Thresholds thresholds,
    Set<String> declaredParts,
    String instanceId,
    @Nullable String zone,
    String templateVersion) {
  private static final int LAST_PORT = 65_535;

  public ProbeTarget {
    declaredParts = Set.copyOf(declaredParts);
    bootStartedAt = bootStartedAt.truncatedTo(ChronoUnit.MICROS); // what PostgreSQL keeps
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException("port must be 1 to 65535, not " + port);
    }
  }

  /** The same, in the boot that began then. */
  ProbeTarget inBootSince(Instant began) {
    return new ProbeTarget(
        sandboxId,
        tenantId,
        environment,
        address,
        port,
        began,
        thresholds,
        declaredParts,
        instanceId,
        zone,
        templateVersion);
  }
}
