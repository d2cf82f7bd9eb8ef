package dev.valet.api.sandbox.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.api.agent.AgentEnrolment;
import dev.valet.api.compute.ComputeConfig;
import dev.valet.api.compute.LaunchRequest;
import dev.valet.api.compute.Ownership;
import dev.valet.api.compute.Tags;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.time.Ids;
import dev.valet.api.secret.Vault;
import dev.valet.common.agent.AgentSettings;
import dev.valet.common.template.TemplateSpec;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Launch attempts: the intent is stored, complete and encrypted, before it is sent; what is sent,
 * once or ten times, are the stored bytes.
 */
@ApplicationScoped
class Launches {
  private final AttemptStore attempts;
  private final SandboxFactsStore facts;
  private final AgentEnrolment enrolment;
  private final Ownership ownership;
  private final Vault vault;
  private final ComputeConfig compute;
  private final AgentTarget agent;
  private final LifecycleConfig config;
  private final CloudConfig cloudConfig;
  private final ObjectMapper json;
  private final Ids ids;
  private final Clock clock;

  Launches(
      AttemptStore attempts,
      SandboxFactsStore facts,
      AgentEnrolment enrolment,
      Ownership ownership,
      Vault vault,
      ComputeConfig compute,
      AgentTarget agent,
      LifecycleConfig config,
      ObjectMapper json,
      Ids ids,
      Clock clock) {
    this.attempts = attempts;
    this.facts = facts;
    this.enrolment = enrolment;
    this.ownership = ownership;
    this.vault = vault;
    this.compute = compute;
    this.agent = agent;
    this.config = config;
    this.cloudConfig = new CloudConfig(json);
    this.json = json;
    this.ids = ids;
    this.clock = clock;
  }

  /** The offering to ask for next; empty when none is believed to have capacity at present. */
  Uni<Optional<Offering>> choose(Tx tx, Claim claim) {
    Instant cooled = clock.instant().minus(config.offeringCooldown());
    return facts
        .load(tx, claim.sandboxId())
        .chain(sandbox ->
            attempts
                .withoutCapacity(tx, cooled)
                .map(exhausted -> Offering.choose(Offering.of(sandbox.spec()), exhausted)));
  }

  /** Stores the intent to launch, in the transaction that enters phase launching. */
  Uni<Void> open(Tx tx, Claim claim, Offering offering) {
    return facts.load(tx, claim.sandboxId()).chain(sandbox -> store(tx, claim, sandbox, offering));
  }

  private Uni<Void> store(
      Tx tx, Claim claim, SandboxFactsStore.SandboxFacts sandbox, Offering offering) {
    Instant now = clock.instant();
    Instant tokenEnds = now.plus(config.launchDeadline()).plus(config.bootDeadline());
    String attemptId = ids.ulid();
    return enrolment
        .issueBootstrapToken(tx, claim.sandboxId(), tokenEnds)
        .map(token -> request(attemptId, claim.owner(), sandbox, offering, token))
        .map(request -> draft(attemptId, claim.sandboxId(), request, offering, sandbox, now))
        .chain(draft -> attempts.insert(tx, draft));
  }

  /** The stored request, marked as sent; null when the claim is lost and nothing may be sent. */
  Uni<@Nullable LaunchRequest> sending(Tx tx, Claim claim, String attemptId) {
    return attempts
        .sending(tx, claim, attemptId, clock.instant())
        .map(sealed -> sealed == null ? null : read(vault.open(sealed, context(attemptId))));
  }

  Uni<Void> close(Tx tx, String attemptId, String outcome, @Nullable String instanceId) {
    return attempts.close(tx, attemptId, outcome, instanceId, clock.instant());
  }

  /** A complete listing lacks the attempt's instance. */
  Uni<Void> absent(Tx tx, String attemptId) {
    return attempts.absent(tx, attemptId, clock.instant());
  }

  private AttemptStore.Draft draft(
      String attemptId,
      UUID sandboxId,
      LaunchRequest request,
      Offering offering,
      SandboxFactsStore.SandboxFacts sandbox,
      Instant now) {
    byte[] sealed = vault.seal(write(request), context(attemptId));
    return new AttemptStore.Draft(
        attemptId, sandboxId, sealed, request.clientToken(), offering, sandbox.blueprint(), now);
  }

  private LaunchRequest request(
      String attemptId,
      Claim.Owner owner,
      SandboxFactsStore.SandboxFacts sandbox,
      Offering offering,
      String bootstrapToken) {
    TemplateSpec spec = sandbox.spec();
    return new LaunchRequest(
        ownership.clientToken(attemptId),
        spec.imageId(),
        offering.instanceType(),
        offering.subnetId(),
        spec.securityGroupIds(),
        spec.publicIp(),
        spec.volume().sizeGib(),
        spec.volume().type(),
        cloudConfig.render(agentSettings(owner, spec, bootstrapToken), sandbox.parameters()),
        tags(attemptId, owner, sandbox));
  }

  private SequencedMap<String, String> agentSettings(
      Claim.Owner owner, TemplateSpec spec, String bootstrapToken) {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put(AgentSettings.API_URL, agent.apiUrl().toString());
    settings.put(AgentSettings.SANDBOX_ID, owner.sandboxId().toString());
    settings.put(AgentSettings.BOOTSTRAP_TOKEN, bootstrapToken);
    settings.put(AgentSettings.CAPACITY, Integer.toString(owner.capacity()));
    settings.put(AgentSettings.ENGINES, String.join(",", spec.engines()));
    settings.put(AgentSettings.DESKTOP, spec.desktop() ? "on" : "auto");
    settings.put(AgentSettings.HEALTH_PORT, Integer.toString(agent.port()));
    settings.put(AgentSettings.HEALTH_HOST, agent.host());
    return settings;
  }

  private Map<String, String> tags(
      String attemptId, Claim.Owner owner, SandboxFactsStore.SandboxFacts sandbox) {
    Map<String, String> tags = new LinkedHashMap<>(sandbox.tags());
    tags.put(Tags.NAME, owner.name());
    tags.put(Tags.INSTALLATION, compute.installationId().toString());
    tags.put(Tags.SANDBOX, owner.sandboxId().toString());
    tags.put(Tags.TENANT, owner.tenantId().toString());
    tags.put(Tags.ENVIRONMENT, owner.environment().wire());
    tags.put(Tags.TEMPLATE, owner.templateId() + ":" + sandbox.blueprint().templateVersion());
    tags.put(Tags.LAUNCH, attemptId);
    return tags;
  }

  private static String context(String attemptId) {
    return "launch_attempt/" + attemptId;
  }

  private byte[] write(LaunchRequest request) {
    try {
      return json.writeValueAsBytes(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a launch request cannot be written", e);
    }
  }

  private LaunchRequest read(byte[] stored) {
    try {
      return json.readValue(stored, LaunchRequest.class);
    } catch (IOException e) {
      throw new IllegalStateException("a stored launch request cannot be read", e);
    }
  }
}
