package dev.valet.api.sandbox.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.valet.api.agent.AgentEnrolment;
import dev.valet.api.agent.AgentRegistration;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.audit.AuditResult;
import dev.valet.api.health.ProbeTarget;
import dev.valet.api.health.ProbeTargets;
import dev.valet.api.health.Thresholds;
import dev.valet.api.operation.OperationService;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.security.Actor;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Running;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Terminated;
import dev.valet.api.sandbox.lifecycle.SandboxStatus.Ec2Facts;
import dev.valet.common.template.TemplateSpec;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;

/** What else must be written when a status row changes; called after its row lock is held. */
@ApplicationScoped
class Consequences {
  private static final Actor RECONCILER = Actor.system("reconciler");

  private final OperationService operations;
  private final AgentEnrolment enrolment;
  private final ProbeTargets probes;
  private final SandboxFactsStore facts;
  private final SandboxEvents events;
  private final AuditLog audit;
  private final AgentTarget agent;

  Consequences(
      OperationService operations,
      AgentEnrolment enrolment,
      ProbeTargets probes,
      SandboxFactsStore facts,
      SandboxEvents events,
      AuditLog audit,
      AgentTarget agent) {
    this.operations = operations;
    this.enrolment = enrolment;
    this.probes = probes;
    this.facts = facts;
    this.events = events;
    this.audit = audit;
    this.agent = agent;
  }

  Uni<Void> of(Tx tx, Claim claim, Outcome outcome) {
    return tellAgentFeature(tx, claim, outcome)
        .chain(() -> tellHealth(tx, claim, outcome.next()))
        .chain(() -> advanceOperation(tx, claim, outcome))
        .chain(() -> events.changed(tx, claim, outcome.next()))
        .chain(() -> writeAudit(tx, claim, outcome));
  }

  private Uni<Void> tellAgentFeature(Tx tx, Claim claim, Outcome outcome) {
    if (outcome.next().phase() instanceof Terminated) {
      return enrolment.revoke(tx, claim.sandboxId());
    }
    if (enters(claim, outcome.next(), SandboxPhase.Replacing.class)) {
      return enrolment.dismiss(tx, claim.sandboxId());
    }
    if (outcome.openLaunch() || boots(claim, outcome) || told(claim, outcome.next())) {
      return facts
          .load(tx, claim.sandboxId())
          .chain(sandbox -> enrolment.register(tx, registration(claim.owner(), sandbox.spec())));
    }
    String launched = outcome.launched();
    return launched == null ? done() : enrolment.confirmInstance(tx, claim.sandboxId(), launched);
  }

  /** An agent that boots again is told the settings as they are now. */
  private static boolean boots(Claim claim, Outcome outcome) {
    return outcome.next().phase() instanceof SandboxPhase.Booting booting
        && booting.boot() != SandboxPhase.Boot.LAUNCH
        && !booting.equals(claim.stored().phase());
  }

  private static boolean enters(
      Claim claim, SandboxStatus next, Class<? extends SandboxPhase> phase) {
    return phase.isInstance(next.phase()) && !phase.isInstance(claim.stored().phase());
  }

  /** The same instance counts as made from another blueprint now. */
  private static boolean told(Claim claim, SandboxStatus next) {
    return next.applied() != null
        && claim.stored().applied() != null
        && !next.applied().equals(claim.stored().applied());
  }

  private static AgentRegistration registration(Claim.Owner owner, TemplateSpec spec) {
    return new AgentRegistration(
        owner.sandboxId(), owner.tenantId(), owner.environment(), owner.capacity(), spec.engines());
  }

  private Uni<Void> tellHealth(Tx tx, Claim claim, SandboxStatus next) {
    boolean was = probed(claim.stored());
    boolean is = probed(next);
    if (is && was && told(claim, next)) {
      return facts
          .load(tx, claim.sandboxId())
          .chain(sandbox -> probes.adjust(tx, target(claim, next, sandbox.spec())));
    }
    if (is && (!was || !address(next).equals(address(claim.stored())))) {
      return facts
          .load(tx, claim.sandboxId())
          .chain(sandbox -> probes.set(tx, target(claim, next, sandbox.spec())))
          .chain(() -> enrolment.locate(tx, claim.sandboxId(), address(next), agent.port()));
    }
    return was && !is
        ? probes.clear(tx, claim.sandboxId(), "It is " + next.phase().name().wire())
        : done();
  }

  /** Of an adopted instance only once an agent has enrolled: who else answers is not known. */
  private static boolean probed(SandboxStatus status) {
    return status.phase() instanceof Running && (!status.adopted() || status.bootId() != null);
  }

  private ProbeTarget target(Claim claim, SandboxStatus next, TemplateSpec spec) {
    Ec2Facts ec2 = requireNonNull(next.instance());
    Set<String> parts = new HashSet<>(spec.engines());
    if (spec.desktop()) {
      parts.add("desktop");
    }
    return new ProbeTarget(
        claim.sandboxId(),
        claim.owner().tenantId(),
        claim.owner().environment(),
        address(next),
        agent.port(),
        claim.stored().phase().since(),
        new Thresholds(
            spec.health().failures(), spec.health().successes(), spec.health().bootGrace()),
        parts,
        ec2.instanceId(),
        ec2.zone(),
        claim.owner().templateId() + ":" + version(claim, next));
  }

  private static int version(Claim claim, SandboxStatus next) {
    return next.applied() == null
        ? claim.owner().templateVersion()
        : next.applied().templateVersion();
  }

  private static String address(SandboxStatus status) {
    Ec2Facts ec2 = status.instance();
    return ec2 == null || ec2.privateIp() == null ? "" : ec2.privateIp();
  }

  private Uni<Void> advanceOperation(Tx tx, Claim claim, Outcome outcome) {
    SandboxStatus next = outcome.next();
    long generation = claim.desired().generation();
    if (reached(claim.desired(), next)) {
      return operations
          .enter(tx, claim.sandboxId(), next.phase().name().wire(), outcome.detail())
          .chain(() -> operations.succeed(tx, claim.sandboxId(), generation));
    }
    if (next.phase() instanceof SandboxPhase.Failed failed && failed.generation() == generation) {
      String reason = next.reason() == null ? failed.code() : next.reason();
      return operations.fail(tx, claim.sandboxId(), generation, reason);
    }
    return operations.enter(tx, claim.sandboxId(), next.phase().name().wire(), outcome.detail());
  }

  private static boolean reached(Desired desired, SandboxStatus next) {
    boolean importing = next.adopted() && desired.generation() == 1;
    if (importing && !desired.tagChange(next).isEmpty()) {
      return false;
    }
    return switch (desired.state()) {
      case RUNNING ->
          next.phase() instanceof Running
              && next.observedRestart() >= desired.restart()
              && (next.applied() == null || next.applied().equals(desired.blueprint()));
      case STOPPED -> next.phase() instanceof SandboxPhase.Stopped;
      case TERMINATED -> next.phase() instanceof Terminated;
    };
  }

  private Uni<Void> writeAudit(Tx tx, Claim claim, Outcome outcome) {
    SandboxStatus before = claim.stored();
    SandboxStatus next = outcome.next();
    boolean phaseChanged = before.phase().name() != next.phase().name();
    boolean remarked = !AuditFields.conditions(before).equals(AuditFields.conditions(next));
    if (!phaseChanged && !remarked && outcome.action() == null) {
      return done();
    }
    String error = outcome.error();
    AuditEntry entry =
        AuditEntry.of(RECONCILER, auditAction(outcome, phaseChanged))
            .on("sandbox", claim.sandboxId())
            .in(claim.owner().tenantId(), claim.owner().environment())
            .change(AuditFields.of(before), AuditFields.of(next));
    return audit.record(
        tx,
        error == null
            ? entry.ended(AuditResult.SUCCESS, next.reason())
            : entry.ended(AuditResult.FAILED, error));
  }

  private static String auditAction(Outcome outcome, boolean phaseChanged) {
    if (outcome.action() != null) {
      return "ec2." + outcome.action();
    }
    return phaseChanged ? "sandbox.phase" : "sandbox.condition";
  }

  private static Uni<Void> done() {
    return Uni.createFrom().voidItem();
  }
}
