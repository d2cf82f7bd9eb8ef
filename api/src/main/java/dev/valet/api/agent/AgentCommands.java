package dev.valet.api.agent;

import dev.valet.common.agent.AgentCommand;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells agents what to do. Every command may be repeated: an agent that does it already says so.
 * Writes nothing; who sends a command for somebody writes the audit row.
 */
@ApplicationScoped
public class AgentCommands {
  private final AgentEndpoints endpoints;
  private final RequestTokens tokens;
  private final AgentClient client;

  AgentCommands(AgentEndpoints endpoints, RequestTokens tokens, AgentClient client) {
    this.endpoints = endpoints;
    this.tokens = tokens;
    this.client = client;
  }

  /** Like the other, with nothing to say beyond the command. */
  public Uni<CommandOutcome> send(UUID sandboxId, AgentCommand command) {
    return send(sandboxId, command, new JsonObject());
  }

  /**
   * Sends a command to the sandbox's present agent process and waits for its answer. Fails only if
   * the database does; what goes wrong on the way is a {@link CommandOutcome}.
   *
   * @param body what the command needs, such as {@code deadlineSeconds}
   */
  public Uni<CommandOutcome> send(UUID sandboxId, AgentCommand command, JsonObject body) {
    Buffer bytes = body.toBuffer();
    return endpoints
        .find(sandboxId)
        .chain(agent ->
            agent == null
                ? Uni.createFrom().item(nobody())
                : send(sandboxId, agent, command, bytes));
  }

  private Uni<CommandOutcome> send(
      UUID sandboxId, AgentEndpoint agent, AgentCommand command, Buffer body) {
    return tokens
        .issue(sandboxId, agent.bootId(), HttpMethod.POST, command.path(), body)
        .chain(token -> client.command(agent, command.path(), token, body))
        .map(AgentCommands::outcome);
  }

  private static CommandOutcome outcome(CallResult result) {
    return switch (result) {
      case CallResult.Failed failed -> new CommandOutcome.Unreachable(failed.detail());
      case CallResult.Answered answer -> outcome(answer);
    };
  }

  private static CommandOutcome outcome(CallResult.Answered answer) {
    JsonObject body = json(answer.body());
    if (answer.status() == 200 || answer.status() == 202) {
      return body == null
          ? new CommandOutcome.Unreachable("the agent's answer is not JSON")
          : new CommandOutcome.Accepted(body);
    }
    String detail = body == null ? null : detail(body);
    String reason = "HTTP " + answer.status() + (detail == null ? "" : ": " + detail);
    return answer.status() >= 500
        ? new CommandOutcome.Unreachable(reason)
        : new CommandOutcome.Refused(reason);
  }

  private static @Nullable String detail(JsonObject problem) {
    return PlainText.of(problem.getValue("detail") instanceof String text ? text : null, 300);
  }

  private static @Nullable JsonObject json(byte[] body) {
    try {
      return new JsonObject(Buffer.buffer(body));
    } catch (RuntimeException notJson) {
      return null;
    }
  }

  private static CommandOutcome nobody() {
    return new CommandOutcome.Unreachable("no agent of this sandbox has made contact");
  }
}
