package dev.valet.common.sandbox;

import dev.valet.common.health.AgentHealth;
import dev.valet.common.health.HealthStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox as the API shows it.
 *
 * @param desired what is wanted
 * @param phase where it is on the way there
 * @param reason why it is where it is, for people; null when there is nothing to say
 * @param ec2 what EC2 says; null before the launch
 * @param activeTasks running tasks by the last probe; null when not probed
 * @param engines state of each engine by the last probe
 * @param conditions what a person should know besides the phase, such as {@code repair_exhausted}
 * @param operationId the operation under way; null when there is none
 * @param version changes with desired state and settings; the ETag
 */
public record SandboxView(
    UUID id,
    String name,
    UUID tenantId,
    Environment environment,
    UUID templateId,
    int templateVersion,
    DesiredState desired,
    Phase phase,
    @Nullable String reason,
    @Nullable Ec2 ec2,
    Health health,
    int capacity,
    @Nullable Integer activeTasks,
    List<AgentHealth.Engine> engines,
    Map<String, String> tags,
    List<Condition> conditions,
    @Nullable UUID operationId,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** EC2's side of a sandbox. */
  public record Ec2(
      String instanceId,
      Ec2Status status,
      String type,
      @Nullable String zone,
      @Nullable String privateIp,
      @Nullable String publicIp,
      @Nullable Instant launchedAt) {}

  /** The verdict and what it rests on. */
  public record Health(
      HealthStatus status,
      @Nullable Instant since,
      int consecutiveFailures,
      @Nullable Instant lastProbeAt,
      @Nullable String detail) {}

  /** A lasting remark on a sandbox. */
  public record Condition(String type, String message, Instant since) {}
}
