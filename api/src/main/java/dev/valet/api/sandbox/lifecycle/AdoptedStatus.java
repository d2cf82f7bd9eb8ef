package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.Instance;
import dev.valet.api.compute.Ownership;
import dev.valet.api.health.ProbeTargets;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.problem.ProblemException;
import dev.valet.api.sandbox.lifecycle.SandboxStatus.Ec2Facts;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.common.sandbox.Environment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives a sandbox the status row of an instance that is there already. */
@ApplicationScoped
public class AdoptedStatus {
  private final StatusStore statuses;
  private final AttemptStore attempts;
  private final Ownership ownership;
  private final ProbeTargets probes;

  AdoptedStatus(
      StatusStore statuses, AttemptStore attempts, Ownership ownership, ProbeTargets probes) {
    this.statuses = statuses;
    this.attempts = attempts;
    this.ownership = ownership;
    this.probes = probes;
  }

  /**
   * Makes sure that no sandbox has the instance, and none is about to get it.
   *
   * @throws ProblemException conflict, naming the sandbox
   */
  public Uni<Void> checkFree(Tx tx, Instance instance) {
    return statuses
        .ownerOf(tx, instance.instanceId())
        .invoke(owner -> refuse(owner, instance, "is that of"))
        .chain(() -> launching(tx, instance))
        .invoke(owner -> refuse(owner, instance, "is being launched for"))
        .replaceWithVoid();
  }

  private Uni<@Nullable UUID> launching(Tx tx, Instance instance) {
    return ownership
        .attemptOf(instance.clientToken())
        .map(attempt -> attempts.openFor(tx, attempt))
        .orElseGet(() -> Uni.createFrom().nullItem());
  }

  private static void refuse(@Nullable UUID owner, Instance instance, String what) {
    if (owner != null) {
      throw ProblemException.conflict(
          "The instance %s %s sandbox %s".formatted(instance.instanceId(), what, owner));
    }
  }

  /** Inserts the row, due at once; health hears of the sandbox and why it is not probed. */
  public Uni<Void> insert(
      Tx tx,
      UUID sandboxId,
      UUID tenantId,
      Environment environment,
      Instance instance,
      Instant now) {
    SandboxPhase phase =
        instance.status() == Ec2Status.STOPPED
            ? new SandboxPhase.Stopped(now)
            : new SandboxPhase.Running(now);
    return statuses
        .insertAdopted(tx, sandboxId, phase, Ec2Facts.of(instance))
        .chain(
            () -> probes.introduce(tx, sandboxId, tenantId, environment, Conditions.NOT_ENROLLED));
  }
}
