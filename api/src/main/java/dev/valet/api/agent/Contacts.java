package dev.valet.api.agent;

import dev.valet.api.platform.db.Tx;
import dev.valet.api.platform.outbox.Outbox;
import dev.valet.common.event.EventType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Notes contacts; the first one of an agent process is an event. */
@ApplicationScoped
class Contacts {
  private final ContactStore store;
  private final Outbox outbox;

  Contacts(ContactStore store, Outbox outbox) {
    this.store = store;
    this.outbox = outbox;
  }

  /** Notes the contact: true if it is the first one of its agent process. */
  Uni<Boolean> note(Tx tx, AgentRegistration registration, ContactStore.Contact contact) {
    return store
        .note(tx, contact)
        .call(first -> first ? tell(tx, registration, contact) : Uni.createFrom().voidItem());
  }

  private Uni<Void> tell(Tx tx, AgentRegistration registration, ContactStore.Contact contact) {
    return outbox.add(
        tx,
        EventType.SANDBOX_CHANGED,
        registration.eventSubject(),
        Map.of(
            "reason", "agent_started",
            "bootId", contact.bootId(),
            "agentVersion", contact.agentVersion()));
  }
}
