package dev.valet.agent;

import dev.valet.common.agent.AgentConfig;
import dev.valet.common.agent.AgentContact;
import dev.valet.common.agent.EnrollRequest;
import dev.valet.common.agent.EnrollResponse;
import dev.valet.common.agent.HatchetConnection;
import dev.valet.common.agent.TlsStrategy;
import dev.valet.common.health.AgentHealth;
import dev.valet.common.health.AgentLifecycle;
import dev.valet.common.health.AgentStatus;
import dev.valet.common.health.HatchetState;
import dev.valet.common.health.PartState;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What Jackson reads and writes, for the native executable. */
@RegisterForReflection(
    targets = {
      AgentConfig.class,
      AgentContact.class,
      HatchetConnection.class,
      TlsStrategy.class,
      EnrollRequest.class,
      EnrollResponse.class,
      AgentHealth.class,
      AgentHealth.Usage.class,
      AgentHealth.Hatchet.class,
      AgentHealth.Engine.class,
      AgentHealth.Part.class,
      AgentHealth.Drain.class,
      AgentHealth.Tasks.class,
      AgentLifecycle.class,
      AgentStatus.class,
      HatchetState.class,
      PartState.class
    })
final class WireTypes {
  private WireTypes() {}
}
