package dev.valet.agent;

import dev.valet.agent.control.CommandDesk;
import dev.valet.agent.control.CommandReply;
import dev.valet.agent.control.Diagnostics;
import dev.valet.agent.control.DrainControl;
import dev.valet.agent.control.RestartEngine;
import dev.valet.agent.hatchet.HatchetWorker;
import dev.valet.agent.identity.Enrolment;
import dev.valet.common.agent.AgentCommand;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Says which part of the agent does which command. */
@Singleton
final class CommandWiring {
  private final CommandDesk desk;
  private final Enrolment enrolment;
  private final Diagnostics diagnostics;

  CommandWiring(
      CommandDesk desk, DrainControl drains, Enrolment enrolment, Diagnostics diagnostics) {
    this.desk = desk;
    this.enrolment = enrolment;
    this.diagnostics = diagnostics;
    diagnostics.trouble(enrolment::trouble);
    desk.assign(AgentCommand.DRAIN, drains::drain);
    desk.assign(AgentCommand.RESUME, drains::resume);
    desk.assign(
        AgentCommand.REFRESH_CONFIG, body -> done("refreshing", this.enrolment::refreshNow));
    desk.assign(AgentCommand.COLLECT_DIAGNOSTICS, diagnostics::collect);
    engines(name -> Optional.empty());
  }

  /** Gives the commands that need a worker to this one. */
  void worker(HatchetWorker worker) {
    desk.assign(AgentCommand.RESTART_STREAM, body -> done("restarting", worker::restartStream));
    diagnostics.engine(() ->
        worker
            .engine()
            .map(
                at -> new Diagnostics.Engine(at.host(), at.port(), at.tls(), at.tokenExpiresAt())));
  }

  /** See {@link RestartEngine}. */
  void engines(Function<String, Optional<Future<Void>>> restart) {
    desk.assign(AgentCommand.RESTART_ENGINE, new RestartEngine(restart));
  }

  private static Future<CommandReply> done(String word, Runnable work) {
    work.run();
    return Future.succeededFuture(new CommandReply.Done(Map.of(word, true)));
  }
}
