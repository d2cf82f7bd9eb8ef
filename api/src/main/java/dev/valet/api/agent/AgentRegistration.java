package dev.valet.api.agent;

import dev.valet.api.platform.outbox.EventSubject;
import dev.valet.common.sandbox.Environment;
import java.util.List;
import java.util.UUID;

/**
 * What an agent is told at its start, and whose it is.
 *
 * @param sandboxId the sandbox that it serves
 * @param tenantId owner of the sandbox
 * @param environment of the sandbox
 * @param capacity tasks at once, 1 to 100
 * @param engines engines that the template declares; may be empty
 */
public record AgentRegistration(
    UUID sandboxId, UUID tenantId, Environment environment, int capacity, List<String> engines) {

  public AgentRegistration {
    engines = List.copyOf(engines);
  }

  /** Who may see events of the agent: whoever may see its sandbox. */
  EventSubject eventSubject() {
    return EventSubject.sandbox(tenantId, environment, sandboxId);
  }
}
