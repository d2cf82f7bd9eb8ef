package dev.valet.agent.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.platform.CachedAnswer;
import dev.valet.agent.platform.ServerRoute;
import dev.valet.agent.trust.RequestGuard;
import dev.valet.agent.trust.TokenVerifier.Request;
import dev.valet.common.agent.AgentCommand;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/** {@code POST /control/<command>}: signed commands of the API. */
@Singleton
public final class ControlRoute implements ServerRoute {
  private static final Logger LOG = Logger.getLogger(ControlRoute.class);
  private static final String PREFIX = "/control/";
  private static final byte[] EMPTY_OBJECT = {'{', '}'};

  private final Vertx vertx;
  private final RequestGuard guard;
  private final CommandDesk desk;
  private final ObjectMapper json;
  private final RefusalLog refusals;

  /** A command that is repeated is logged once: a drain comes every other second. */
  private final AtomicReference<AgentCommand> lastCommand = new AtomicReference<>();

  ControlRoute(Vertx vertx, RequestGuard guard, CommandDesk desk, ObjectMapper json, Clock clock) {
    this.vertx = vertx;
    this.guard = guard;
    this.desk = desk;
    this.json = json;
    this.refusals = new RefusalLog(clock);
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith(PREFIX);
  }

  @Override
  public void handle(HttpServerRequest request) {
    Optional<AgentCommand> command = command(String.valueOf(request.path()));
    if (command.isEmpty()) {
      problem(404, "Not Found", "there is no such command").sendTo(request, true);
    } else if (!request.method().equals(HttpMethod.POST)) {
      request.response().putHeader("Allow", "POST");
      problem(405, "Method Not Allowed", "commands are sent with POST").sendTo(request, true);
    } else {
      new BoundedBody(vertx, request)
          .read()
          .onSuccess(body -> received(request, command.get(), body))
          .onFailure(unread -> unread(request, command.get(), unread));
    }
  }

  private static Optional<AgentCommand> command(String path) {
    return Arrays.stream(AgentCommand.values())
        .filter(command -> command.path().equals(path))
        .findFirst();
  }

  private void unread(HttpServerRequest request, AgentCommand command, Throwable reason) {
    String detail = String.valueOf(reason.getMessage());
    refusals.refused(command.wire(), detail);
    CachedAnswer answer =
        reason instanceof BoundedBody.TooLarge
            ? problem(413, "Content Too Large", detail)
            : problem(408, "Request Timeout", detail);
    answer.sendTo(request, true);
  }

  private void received(HttpServerRequest request, AgentCommand command, Buffer body) {
    Request signed = new Request(request.method().name(), request.uri(), body.getBytes());
    Optional<String> refusal = guard.refusal(request.getHeader("Authorization"), signed);
    if (refusal.isPresent()) {
      refusals.refused(command.wire(), refusal.get());
      request.response().putHeader("WWW-Authenticate", "Bearer realm=\"valet-control\"");
      problem(401, "Unauthorized", refusal.get()).sendTo(request, false);
      return;
    }
    Optional<JsonNode> asked = object(body);
    if (asked.isEmpty()) {
      problem(400, "Bad Request", "the body is not a JSON object").sendTo(request, false);
      return;
    }
    run(request, command, asked.get());
  }

  private void run(HttpServerRequest request, AgentCommand command, JsonNode body) {
    LOG.logf(
        lastCommand.getAndSet(command) == command ? Level.DEBUG : Level.INFO,
        "command %s",
        command.wire());
    desk.run(command, body)
        .onSuccess(reply -> answer(command, reply).sendTo(request, false))
        .onFailure(fault -> {
          LOG.errorf(fault, "command %s failed", command.wire());
          problem(500, "Internal Server Error", "the command failed; the log says why")
              .sendTo(request, false);
        });
  }

  private CachedAnswer answer(AgentCommand command, CommandReply reply) {
    return switch (reply) {
      case CommandReply.Done done -> CachedAnswer.json(200, done.body(), json);
      case CommandReply.Refused no -> {
        refusals.refused(command.wire(), no.detail());
        yield problem(no.status(), title(no.status()), no.detail());
      }
    };
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      default -> "Conflict";
    };
  }

  private Optional<JsonNode> object(Buffer body) {
    try {
      JsonNode read = json.readTree(body.length() == 0 ? EMPTY_OBJECT : body.getBytes());
      return Optional.of(read).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private CachedAnswer problem(int status, String title, String detail) {
    return CachedAnswer.problem(status, title, detail, json);
  }
}
