package dev.valet.api.sandbox.lifecycle;

import dev.valet.api.agent.AgentCommands;
import dev.valet.api.sandbox.lifecycle.SandboxPhase.Draining;
import dev.valet.common.agent.AgentCommand;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Tells agents to take no tasks, or to take them again. Both can be taken back, so that a lost
 * claim does no harm: whoever has it now tells the agent what is right.
 */
@ApplicationScoped
class DrainExecutor {
  private final AgentCommands agents;
  private final DrainOutcomes outcomes;
  private final Clock clock;

  DrainExecutor(AgentCommands agents, LifecycleConfig config, Clock clock) {
    this.agents = agents;
    this.outcomes = new DrainOutcomes(config);
    this.clock = clock;
  }

  Uni<Outcome> drain(Claim claim, Draining draining) {
    long left = outcomes.left(draining, clock.instant()).toSeconds();
    JsonObject body = new JsonObject().put("deadlineSeconds", left);
    return agents
        .send(claim.sandboxId(), AgentCommand.DRAIN, body)
        .map(answer -> outcomes.asked(claim, draining, answer, clock.instant()));
  }

  Uni<Outcome> resume(Claim claim, Draining draining) {
    return agents
        .send(claim.sandboxId(), AgentCommand.RESUME)
        .map(answer -> outcomes.resumed(claim, draining, answer, clock.instant()));
  }
}
