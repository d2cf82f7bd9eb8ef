package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.compute.Instance;
import dev.valet.common.sandbox.Ec2Status;
import dev.valet.common.sandbox.SandboxView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of sandbox_status without its lease.
 *
 * @param reason why it is in its phase, for people
 * @param instance what EC2 last said; null before the launch and after the end
 * @param applied what the instance was made from; null without instance
 * @param absentSince since when EC2's answers lack the instance; null while they have it
 * @param bootId the agent's boot that counts as running; null before the first contact
 * @param repairs times of the automatic restarts of the last hour
 * @param adopted whether the instance was launched outside Valet and imported
 * @param tags what is known of the instance's tags
 * @param retries failed actions in a row; the exponent of the back-off
 * @param version compare-and-set
 */
record SandboxStatus(
    UUID sandboxId,
    SandboxPhase phase,
    @Nullable String reason,
    @Nullable Ec2Facts instance,
    @Nullable Blueprint applied,
    @Nullable Instant absentSince,
    @Nullable String bootId,
    List<SandboxView.Condition> conditions,
    List<Instant> repairs,
    boolean adopted,
    InstanceTags tags,
    int retries,
    long observedGeneration,
    long observedRestart,
    long observedVerdictVersion,
    long observedContactVersion,
    long version) {

  /** What EC2 last said of the instance. */
  record Ec2Facts(
      String instanceId,
      Ec2Status status,
      String type,
      @Nullable String zone,
      @Nullable String privateIp,
      @Nullable String publicIp,
      @Nullable Instant launchedAt) {

    static Ec2Facts of(Instance instance) {
      return new Ec2Facts(
          instance.instanceId(),
          instance.status(),
          instance.instanceType(),
          instance.zone(),
          instance.privateIp(),
          instance.publicIp(),
          instance.launchedAt());
    }

    /** The same instance, as EC2 says once it has forgotten where it was. */
    Ec2Facts terminated() {
      return new Ec2Facts(instanceId, Ec2Status.TERMINATED, type, zone, null, null, launchedAt);
    }
  }

  /** The row of a sandbox that was just accepted. */
  static SandboxStatus pending(UUID sandboxId, Instant now) {
    return new SandboxStatus(
        sandboxId,
        new SandboxPhase.Pending(now),
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        false,
        InstanceTags.NONE,
        0,
        0,
        0,
        0,
        0,
        1);
  }
}
