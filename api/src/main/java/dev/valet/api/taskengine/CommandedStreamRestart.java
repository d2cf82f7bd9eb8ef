package dev.valet.api.taskengine;

import dev.valet.api.agent.AgentCommands;
import dev.valet.api.agent.CommandOutcome;
import dev.valet.common.agent.AgentCommand;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** By a signed command. */
@ApplicationScoped
class CommandedStreamRestart implements StreamRestart {
  private final AgentCommands commands;

  CommandedStreamRestart(AgentCommands commands) {
    this.commands = commands;
  }

  @Override
  public Uni<CommandOutcome> of(UUID sandboxId) {
    return commands.send(sandboxId, AgentCommand.RESTART_STREAM);
  }
}
