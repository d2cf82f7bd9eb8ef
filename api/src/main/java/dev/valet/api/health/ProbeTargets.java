package dev.valet.api.health;

import dev.valet.api.health.TargetStore.Known;
import dev.valet.api.platform.db.Tx;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Which sandboxes are probed. All methods work in the caller's transaction and lock the sandbox's
 * health row; a target that is already as told is not written again.
 */
@ApplicationScoped
public class ProbeTargets {
  static final String BOOTING = "in boot grace: no probe of this boot has succeeded yet";

  private final TargetStore targets;
  private final VerdictLog log;
  private final Clock clock;

  ProbeTargets(TargetStore targets, VerdictLog log, Clock clock) {
    this.targets = targets;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Gives a new sandbox its health row: unknown, not probed. Does nothing if there is one.
   *
   * @param reason why it is not probed, for people
   */
  public Uni<Void> introduce(
      Tx tx, UUID sandboxId, UUID tenantId, Environment environment, String reason) {
    return targets.introduce(tx, sandboxId, tenantId, environment, reason, clock.instant());
  }

  /**
   * Probes the sandbox from now on. Another {@code bootStartedAt} or instance than before is a new
   * boot: the verdict becomes unknown, its grace begins. In the same boot the verdict stays.
   */
  public Uni<Void> set(Tx tx, ProbeTarget target) {
    return introduce(tx, target.sandboxId(), target.tenantId(), target.environment(), BOOTING)
        .chain(() -> targets.lock(tx, target.sandboxId()))
        .chain(known -> known == null ? nothing() : set(tx, known, target));
  }

  /**
   * Tells other thresholds, parts or template version of the boot that is being probed; the verdict
   * stays. Does nothing for a sandbox that is not probed.
   *
   * @param target whose {@code bootStartedAt} does not count
   */
  public Uni<Void> adjust(Tx tx, ProbeTarget target) {
    return targets
        .lock(tx, target.sandboxId())
        .chain(known ->
            known == null || known.target() == null
                ? nothing()
                : set(tx, known, target.inBootSince(known.target().bootStartedAt())));
  }

  /**
   * Probes the sandbox no more: its verdict becomes unknown, never its last value, and the agent's
   * facts are forgotten. Does nothing for a sandbox that has no health row.
   *
   * @param reason why it is not probed, such as {@code stopped}, for people
   */
  public Uni<Void> clear(Tx tx, UUID sandboxId, String reason) {
    return targets
        .lock(tx, sandboxId)
        .chain(known -> known == null ? nothing() : clear(tx, known, reason));
  }

  private Uni<Void> set(Tx tx, Known known, ProbeTarget target) {
    if (target.equals(known.target())) {
      return nothing();
    }
    if (known.sameBoot(target)) {
      return targets.update(tx, target);
    }
    Instant now = clock.instant();
    return targets
        .startBoot(tx, target, BOOTING, now)
        .chain(version -> logFlip(tx, known, version, BOOTING, now));
  }

  private Uni<Void> clear(Tx tx, Known known, String reason) {
    if (known.target() == null && known.reason().equals(reason)) {
      return nothing();
    }
    Instant now = clock.instant();
    return targets
        .clear(tx, known.sandboxId(), reason, now)
        .chain(version -> logFlip(tx, known, version, reason, now));
  }

  private Uni<Void> logFlip(Tx tx, Known known, long version, String reason, Instant now) {
    if (known.status() == HealthStatus.UNKNOWN) {
      return nothing();
    }
    VerdictChange change = new VerdictChange(known.status(), HealthStatus.UNKNOWN, reason, now);
    return log.add(
        tx,
        List.of(
            new VerdictLog.Entry(
                known.sandboxId(),
                known.tenantId(),
                known.environment(),
                known.instanceId(),
                0,
                version,
                change)));
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
