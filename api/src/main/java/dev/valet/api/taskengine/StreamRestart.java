package dev.valet.api.taskengine;

import dev.valet.api.agent.CommandOutcome;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Tells agents to close their task stream and open it again. */
@FunctionalInterface
interface StreamRestart {
  /** Never fails for the agent's sake: what goes wrong is an outcome. */
  Uni<CommandOutcome> of(UUID sandboxId);
}
