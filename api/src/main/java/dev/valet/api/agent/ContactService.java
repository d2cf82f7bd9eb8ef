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
import dev.valet.common.agent.AgentContact;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contact that an enrolled agent makes at every start, with its credential. */
@ApplicationScoped
class ContactService {
  private final RegistrationStore registrations;
  private final CredentialStore credentials;
  private final Contacts contacts;
  private final Refusals refusals;
  private final AgentBriefings briefings;
  private final AuditLog audit;
  private final Transactions transactions;
  private final Wakeups wakeups;

  ContactService(
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

  /** A call under way; who calls is known once the credential's owner is. */
  private record Call(
      AgentContact contact,
      byte[] credentialHash,
      Function<UUID, Actor> actor,
      AgentBriefing briefing) {}

  /** What a contact came to; a new agent process is what others wait for. */
  private record Noted(Outcome<AgentConfig> outcome, boolean newBoot) {}

  Uni<Outcome<AgentConfig>> contact(
      String credential, AgentContact contact, Function<UUID, Actor> actor) {
    byte[] hash = AgentToken.hash(credential);
    return briefings
        .current()
        .map(briefing -> new Call(contact, hash, actor, briefing))
        .chain(call -> transactions.write(tx -> find(tx, call)))
        .invoke(noted -> {
          if (noted.newBoot()) {
            wakeups.wake(Wakeups.RECONCILER);
          }
        })
        .map(Noted::outcome);
  }

  private Uni<Noted> find(Tx tx, Call call) {
    return credentials
        .owner(tx, call.credentialHash())
        .chain(owner -> owner == null ? refused(Refusal.UNKNOWN) : locked(tx, call, owner));
  }

  private Uni<Noted> locked(Tx tx, Call call, UUID sandboxId) {
    return registrations
        .lock(tx, sandboxId)
        .chain(registered ->
            registered == null
                ? refused(Refusal.UNKNOWN)
                : credentials.live(tx, sandboxId).chain(live -> check(tx, call, registered, live)));
  }

  private Uni<Noted> check(Tx tx, Call call, Registered registered, @Nullable Credential live) {
    if (live == null || !AgentToken.sameHash(live.hash(), call.credentialHash())) {
      return refused(Refusal.UNKNOWN);
    }
    AgentRegistration registration = registered.registration();
    String instanceId = call.contact().instanceId();
    if (!live.instanceId().equals(instanceId)) {
      Actor actor = call.actor().apply(registration.sandboxId());
      return refusals
          .revoke(tx, registration, Refusal.CREDENTIAL_MOVED, new Refusals.Wrong(instanceId, actor))
          .chain(() -> refused(Refusal.CREDENTIAL_MOVED));
    }
    return note(tx, call, registered);
  }

  private Uni<Noted> note(Tx tx, Call call, Registered registered) {
    AgentRegistration registration = registered.registration();
    AgentContact contact = call.contact();
    AgentConfig config = call.briefing().of(registered);
    return contacts
        .note(
            tx,
            registration,
            new ContactStore.Contact(
                registration.sandboxId(),
                contact.instanceId(),
                contact.bootId(),
                contact.agentVersion()))
        .call(first ->
            first ? audit.record(tx, entry(call, registration)) : Uni.createFrom().voidItem())
        .map(first -> new Noted(new Outcome.Granted<>(config), first));
  }

  private static AuditEntry entry(Call call, AgentRegistration registration) {
    return AuditEntry.of(call.actor().apply(registration.sandboxId()), "agent.start")
        .on("sandbox", registration.sandboxId())
        .in(registration.tenantId(), registration.environment())
        .change(Map.of(), Map.of("agentVersion", call.contact().agentVersion()));
  }

  private static Uni<Noted> refused(Refusal refusal) {
    return Uni.createFrom().item(new Noted(new Outcome.Refused<>(refusal), false));
  }
}
