package dev.valet.api.agent;

import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.audit.AuditResult;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.api.platform.security.Actor;
import dev.valet.common.event.EventType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jboss.logging.Logger;

/** Revokes a credential that is in wrong hands, and says so: event, audit row, log. */
@ApplicationScoped
class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);

  private final CredentialStore credentials;
  private final Outbox outbox;
  private final AuditLog audit;

  Refusals(CredentialStore credentials, Outbox outbox, AuditLog audit) {
    this.credentials = credentials;
    this.outbox = outbox;
    this.audit = audit;
  }

  /**
   * Who was in the wrong.
   *
   * @param instanceId the instance, as it named itself
   * @param actor whose call brought it to light
   */
  record Wrong(String instanceId, Actor actor) {}

  /**
   * Revokes the sandbox's credential. Only a revocation that changes something is told, so that a
   * clone that keeps calling cannot flood events and audit log.
   */
  Uni<Void> revoke(Tx tx, AgentRegistration registration, Refusal refusal, Wrong wrong) {
    return credentials
        .revoke(tx, registration.sandboxId(), refusal.code())
        .chain(revoked ->
            revoked ? tell(tx, registration, refusal, wrong) : Uni.createFrom().voidItem());
  }

  /** Tells of a refusal that revokes nothing. */
  Uni<Void> tell(Tx tx, AgentRegistration registration, Refusal refusal, Wrong wrong) {
    LOG.warnf(
        "Agent of sandbox %s refused: %s (%s)",
        registration.sandboxId(), refusal.text(), wrong.instanceId());
    return outbox
        .add(
            tx,
            EventType.SANDBOX_CHANGED,
            registration.eventSubject(),
            Map.of(
                "reason", refusal.code(),
                "detail", refusal.text(),
                "instanceId", wrong.instanceId()))
        .chain(() -> audit.record(tx, entry(registration, refusal, wrong)));
  }

  private static AuditEntry entry(AgentRegistration registration, Refusal refusal, Wrong wrong) {
    return AuditEntry.of(wrong.actor(), refusal.revokes() ? "agent.revoke" : "agent.refuse")
        .on("sandbox", registration.sandboxId())
        .in(registration.tenantId(), registration.environment())
        .change(Map.of(), Map.of("instanceId", wrong.instanceId(), "reason", refusal.code()))
        .ended(AuditResult.DENIED, refusal.text());
  }
}
