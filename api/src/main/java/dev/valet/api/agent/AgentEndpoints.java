package dev.valet.api.agent;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds agents that have made contact from an instance with a known address. */
@ApplicationScoped
public class AgentEndpoints {
  private final EndpointStore store;

  AgentEndpoints(EndpointStore store) {
    this.store = store;
  }

  /** Where the sandbox's agent answers; null if it has not made contact yet or is revoked. */
  public Uni<@Nullable AgentEndpoint> find(UUID sandboxId) {
    return store.find(sandboxId);
  }
}
