package dev.valet.api.agent;

import dev.valet.api.agent.CredentialStore.Credential;
import dev.valet.api.agent.RegistrationStore.Registered;
import dev.valet.api.audit.AuditEntry;
import dev.valet.api.audit.AuditLog;
import dev.valet.api.platform.db.Transactions;
import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.loop.Wakeups;
import dev.valet.api.platform.security.Actor;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.agent.EnrollRequest;
import dev.valet.common.agent.EnrollResponse;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exchanges a bootstrap token for a credential: once, for the instance that was launched. */
@ApplicationScoped
class EnrolmentService {
  private final RegistrationStore registrations;
  private final CredentialStore credentials;
  private final Contacts contacts;
  private final Refusals refusals;
  private final AgentBriefings briefings;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Wakeups wakeups;
  private final SecureRandom random = new SecureRandom();

  EnrolmentService(
      RegistrationStore registrations,
      CredentialStore credentials,
      Contacts contacts,
      Refusals refusals,
      AgentBriefings briefings,
      AuditLog audit,
      Transactions transactions,
      Wakeups wakeups) {
    this.registrations = registrations;
    this.credentials = credentials;
    this.contacts = contacts;
    this.refusals = refusals;
    this.briefings = briefings;
    this.audit = audit;
    this.transactions = transactions;
    this.wakeups = wakeups;
  }

  /** A call under way. */
  private record Call(
      EnrollRequest request, byte[] tokenHash, Actor actor, AgentBriefing briefing) {}

  Uni<Outcome<EnrollResponse>> enrol(EnrollRequest request, Actor actor) {
    byte[] tokenHash = AgentToken.hash(request.bootstrapToken());
    return briefings
        .current()
        .map(briefing -> new Call(request, tokenHash, actor, briefing))
        .chain(call -> transactions.write(tx -> enrol(tx, call)))
        .invoke(outcome -> {
          if (outcome instanceof Outcome.Granted<EnrollResponse>) {
            wakeups.wake(Wakeups.RECONCILER);
          }
        });
  }

  private Uni<Outcome<EnrollResponse>> enrol(Tx tx, Call call) {
    return registrations
        .lock(tx, call.request().sandboxId())
        .chain(registered ->
            registered == null ? refused(Refusal.UNKNOWN) : enrol(tx, call, registered));
  }

  private Uni<Outcome<EnrollResponse>> enrol(Tx tx, Call call, Registered registered) {
    if (!registered.mayServe(call.request().instanceId())) {
      return refuse(tx, call, registered, Refusal.WRONG_INSTANCE);
    }
    return credentials
        .consume(tx, call.request().sandboxId(), call.tokenHash())
        .chain(consumed ->
            consumed ? grant(tx, call, registered) : refuse(tx, call, registered, Refusal.UNKNOWN));
  }

  private Uni<Outcome<EnrollResponse>> grant(Tx tx, Call call, Registered registered) {
    AgentRegistration registration = registered.registration();
    AgentToken credential = AgentToken.generate(random);
    EnrollRequest request = call.request();
    Credential stored = new Credential(credential.hash(), call.tokenHash(), request.instanceId());
    AgentConfig config = call.briefing().of(registered);
    return credentials
        .store(tx, request.sandboxId(), stored)
        .chain(() -> audit.record(tx, entry(call, registration)))
        .chain(() ->
            contacts.note(
                tx,
                registration,
                new ContactStore.Contact(
                    request.sandboxId(),
                    request.instanceId(),
                    request.bootId(),
                    request.agentVersion())))
        .replaceWith(() -> new Outcome.Granted<>(new EnrollResponse(credential.text(), config)));
  }

  /** Looks at what is wrong with the token before saying so; only a real one is worth an event. */
  private Uni<Outcome<EnrollResponse>> refuse(
      Tx tx, Call call, Registered registered, Refusal refusal) {
    return credentials
        .wasUsed(tx, call.request().sandboxId(), call.tokenHash())
        .chain(used ->
            used ? refuseReuse(tx, call, registered) : refuseUnused(tx, call, registered, refusal));
  }

  /** Revokes the credential that this token gave; one of a later launch is not touched. */
  private Uni<Outcome<EnrollResponse>> refuseReuse(Tx tx, Call call, Registered registered) {
    return credentials
        .live(tx, call.request().sandboxId())
        .chain(live ->
            isOf(live, call)
                ? refusals.revoke(tx, registered.registration(), Refusal.TOKEN_REUSED, wrong(call))
                : Uni.createFrom().voidItem())
        .chain(() -> refused(Refusal.TOKEN_REUSED));
  }

  private Uni<Outcome<EnrollResponse>> refuseUnused(
      Tx tx, Call call, Registered registered, Refusal refusal) {
    if (refusal == Refusal.UNKNOWN) {
      return refused(refusal);
    }
    return credentials
        .isCurrent(tx, call.request().sandboxId(), call.tokenHash())
        .chain(real ->
            real
                ? refusals
                    .tell(tx, registered.registration(), refusal, wrong(call))
                    .chain(() -> refused(refusal))
                : refused(Refusal.UNKNOWN));
  }

  private static boolean isOf(@Nullable Credential live, Call call) {
    return live != null && AgentToken.sameHash(live.tokenHash(), call.tokenHash());
  }

  private static Refusals.Wrong wrong(Call call) {
    return new Refusals.Wrong(call.request().instanceId(), call.actor());
  }

  private static Uni<Outcome<EnrollResponse>> refused(Refusal refusal) {
    return Uni.createFrom().item(new Outcome.Refused<>(refusal));
  }

  private static AuditEntry entry(Call call, AgentRegistration registration) {
    return AuditEntry.of(call.actor(), "agent.enrol")
        .on("sandbox", registration.sandboxId())
        .in(registration.tenantId(), registration.environment())
        .change(
            Map.of(),
            Map.of(
                "instanceId", call.request().instanceId(),
                "agentVersion", call.request().agentVersion()));
  }
}
