package dev.valet.api.agent;

import dev.valet.api.agent.RegistrationStore.Registered;
import dev.valet.common.agent.AgentConfig;
import dev.valet.common.agent.HatchetConnection;
import dev.valet.common.agent.TlsStrategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all agents are told alike.
 *
 * @param commandPublicKey verifies commands
 * @param engine the task engine; null when there is none now
 * @param refresh when to ask again
 */
record AgentBriefing(String commandPublicKey, @Nullable Engine engine, Duration refresh) {

  /** The task engine, as {@link HatchetConnection} has it. */
  record Engine(
      String token,
      @Nullable String grpcAddress,
      @Nullable String serverUrl,
      TlsStrategy tlsStrategy) {
    /** Without the token, so that it cannot slip into a log. */
    @Override
    public String toString() {
      return "Engine[grpcAddress=%s, serverUrl=%s, tlsStrategy=%s]"
          .formatted(grpcAddress, serverUrl, tlsStrategy);
    }
  }

  /** The answer to one agent. */
  AgentConfig of(Registered registered) {
    AgentRegistration agent = registered.registration();
    return new AgentConfig(
        agent.sandboxId(),
        agent.capacity(),
        agent.engines(),
        commandPublicKey,
        engine == null ? null : connection(engine, registered),
        Math.toIntExact(refresh.toSeconds()));
  }

  private static HatchetConnection connection(Engine engine, Registered registered) {
    AgentRegistration agent = registered.registration();
    Map<String, String> labels = new HashMap<>(registered.template());
    labels.put("sandbox", agent.sandboxId().toString());
    labels.put("tenant", agent.tenantId().toString());
    labels.put("environment", agent.environment().wire());
    return new HatchetConnection(
        engine.token(), engine.grpcAddress(), engine.serverUrl(), engine.tlsStrategy(), labels);
  }
}
