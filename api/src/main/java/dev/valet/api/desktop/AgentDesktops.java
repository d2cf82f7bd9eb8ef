package dev.valet.api.desktop;

import dev.valet.api.agent.AgentEndpoint;
import dev.valet.api.agent.AgentEndpoints;
import dev.valet.api.agent.RequestTokens;
import dev.valet.common.agent.VncClose;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Connects viewers to the desktops of agents, with a token for exactly this process and mode. */
@ApplicationScoped
class AgentDesktops {
  private static final int NO_DESKTOP = 503;

  private final Vertx vertx;
  private final AgentEndpoints endpoints;
  private final RequestTokens tokens;
  private final DesktopConfig config;
  private final WebSocketClient client;

  AgentDesktops(Vertx vertx, AgentEndpoints endpoints, RequestTokens tokens, DesktopConfig config) {
    this.vertx = vertx;
    this.endpoints = endpoints;
    this.tokens = tokens;
    this.config = config;
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(config.sessionsPerReplica())
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setTryUsePerMessageCompression(false));
  }

  @PreDestroy
  void close() {
    var _ = client.close();
  }

  /** Finds the agent, connects, and joins the two; tells the session if that fails. */
  void connect(VncSession session) {
    Context context = vertx.getOrCreateContext();
    options(session)
        .subscribe()
        .with(
            options -> context.runOnContext(now -> connect(session, options)),
            failure -> session.end(VncClose.TRY_AGAIN_LATER, String.valueOf(failure.getMessage())));
  }

  private Uni<WebSocketConnectOptions> options(VncSession session) {
    UUID sandboxId = session.opened().place().sandboxId();
    String target = session.opened().mode().target();
    return endpoints
        .find(sandboxId)
        .onItem()
        .ifNull()
        .failWith(() -> new IllegalStateException("the sandbox has no agent now"))
        .chain(agent ->
            tokens
                .issue(sandboxId, agent.bootId(), HttpMethod.GET, target, Buffer.buffer())
                .map(token -> options(agent, target, token)));
  }

  private WebSocketConnectOptions options(AgentEndpoint agent, String target, String token) {
    WebSocketConnectOptions options = new WebSocketConnectOptions();
    options.setHost(agent.address());
    options.setPort(agent.port());
    options.setURI(target);
    options.setTimeout(config.connectTimeout().toMillis());
    options.putHeader("Authorization", "Bearer " + token);
    return options.addSubProtocol(TicketSecret.BINARY);
  }

  private void connect(VncSession session, WebSocketConnectOptions options) {
    client
        .connect(options)
        .onSuccess(session::join)
        .onFailure(failure -> refused(session, failure));
  }

  private static void refused(VncSession session, Throwable failure) {
    if (failure instanceof UpgradeRejectedException answer && answer.getStatus() == NO_DESKTOP) {
      session.end(VncClose.DESKTOP_GONE, "there is no desktop, or it has enough viewers");
    } else if (failure instanceof UpgradeRejectedException answer) {
      session.end(VncClose.TRY_AGAIN_LATER, "the agent answers HTTP " + answer.getStatus());
    } else {
      session.end(VncClose.TRY_AGAIN_LATER, "the agent cannot be reached");
    }
  }
}
