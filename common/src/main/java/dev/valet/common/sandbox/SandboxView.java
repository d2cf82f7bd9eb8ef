package dev.valet.common.sandbox;

import dev.valet.common.health.AgentHealth;
import dev.valet.common.health.HealthStatus;
import dev.valet.common.template.TemplateEffect;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sandbox as the API shows it.
 *
 * @param id names it for good
 * @param name unique among the living of its tenant and environment, such as {@code checkout-1}
 * @param tenantId whose it is
 * @param environment where it belongs
 * @param templateId what it is made from
 * @param templateVersion the version of the template that it shall be of
 * @param latestTemplateVersion the newest version of its template
 * @param appliedTemplateVersion the version that its instance was made from; null without instance
 * @param drift what an upgrade to the latest version would change; null if it is of that version
 * @param desired what is wanted
 * @param phase where it is on the way there
 * @param reason why it is where it is, for people; null when there is nothing to say; such as
 *     {@code waiting for the agent}
 * @param ec2 what EC2 says; null before the launch
 * @param health the verdict on it
 * @param capacity tasks at once, 1 to 100
 * @param activeTasks running tasks by the last probe; null when not probed
 * @param engines state of each engine by the last probe
 * @param hatchet connection to the task engine by the last probe, up to 40 s behind, with what is
 *     wrong in words; null when not probed
 * @param tags for people and filters, such as {@code {"team": "checkout"}}
 * @param conditions what a person should know besides the phase
 * @param operationId the operation under way; null when there is none
 * @param version changes with desired state and settings; the ETag
 * @param createdAt when it was asked for
 * @param updatedAt when anything of it changed last
 */
public record SandboxView(
    UUID id,
    String name,
    UUID tenantId,
    Environment environment,
    UUID templateId,
    int templateVersion,
    int latestTemplateVersion,
    @Nullable Integer appliedTemplateVersion,
    @Nullable Drift drift,
    DesiredState desired,
    Phase phase,
    @Nullable String reason,
    @Nullable Ec2 ec2,
    Health health,
    int capacity,
    @Nullable Integer activeTasks,
    List<AgentHealth.Engine> engines,
    AgentHealth.@Nullable Hatchet hatchet,
    Map<String, String> tags,
    List<Condition> conditions,
    @Nullable UUID operationId,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** The same with a drift. */
  public SandboxView withDrift(@Nullable Drift other) {
    return new SandboxView(
        id,
        name,
        tenantId,
        environment,
        templateId,
        templateVersion,
        latestTemplateVersion,
        appliedTemplateVersion,
        other,
        desired,
        phase,
        reason,
        ec2,
        health,
        capacity,
        activeTasks,
        engines,
        hatchet,
        tags,
        conditions,
        operationId,
        version,
        createdAt,
        updatedAt);
  }

  /**
   * How a sandbox differs from the latest version of its template.
   *
   * @param effect what an upgrade would do to it
   * @param changes field by field, for people, such as {@code imageId: ami-1 -> ami-2}
   */
  public record Drift(TemplateEffect effect, List<String> changes) {}

  /**
   * EC2's side of a sandbox.
   *
   * @param instanceId EC2's id of the instance, such as {@code i-0123456789abcdef0}
   * @param status EC2's word for its state
   * @param type its size, such as {@code m7i.large}
   * @param zone its availability zone, such as {@code eu-central-1a}
   * @param privateIp its address inside the network, such as {@code 10.0.12.34}
   * @param publicIp its public address; null unless the template asks for one; such as {@code
   *     203.0.113.7}
   * @param launchedAt when EC2 started it last
   */
  public record Ec2(
      String instanceId,
      Ec2Status status,
      String type,
      @Nullable String zone,
      @Nullable String privateIp,
      @Nullable String publicIp,
      @Nullable Instant launchedAt) {}

  /**
   * The verdict and what it rests on.
   *
   * @param status the verdict
   * @param since when it came to be
   * @param consecutiveFailures failed probes in a row
   * @param lastProbeAt when it was probed last; null when not probed
   * @param detail what is wrong; null if nothing is; such as {@code no answer within 3 s}
   */
  public record Health(
      HealthStatus status,
      @Nullable Instant since,
      int consecutiveFailures,
      @Nullable Instant lastProbeAt,
      @Nullable String detail) {}

  /**
   * A lasting remark on a sandbox.
   *
   * @param type which, such as {@code repair_exhausted}
   * @param message what it means here, for people
   * @param since when it came to be
   */
  public record Condition(String type, String message, Instant since) {}
}
