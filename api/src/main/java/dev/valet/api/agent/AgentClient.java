package dev.valet.api.agent;

import dev.valet.api.agent.ProbeResult.Failure;
import dev.valet.api.agent.ProbeResult.FailureKind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks agents, and tells them. One shared client; a new connection for each question, so that the
 * answer tells whether the agent accepts connections now and so that no more sockets are open than
 * questions under way. Follows no redirect, reads at most 64 KiB, waits for a bounded time.
 */
@ApplicationScoped
public class AgentClient {
  private static final int OK = 200;

  private final Vertx vertx;
  private final AgentClientConfig config;
  private final HttpClient http;
  private final AgentReportReader reader = new AgentReportReader();

  AgentClient(Vertx vertx, AgentClientConfig config) {
    this.vertx = vertx;
    this.config = config;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(config.connectionsPerAgent())
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxRedirects(0)
                .setTryUseCompression(false));
  }

  /**
   * {@code GET /health}. Never fails: what goes wrong is a {@link ProbeResult.Failure}.
   *
   * @param sandboxId whose agent must answer
   * @param address IP address of the sandbox
   * @param port the agent's port
   */
  public Uni<ProbeResult> health(UUID sandboxId, String address, int port) {
    RequestOptions request =
        request(HttpMethod.GET, address, port, "/health").putHeader("Accept", "application/json");
    return Uni.createFrom()
        .deferred(() -> {
          long began = System.nanoTime();
          return call(request, null, config.timeout())
              .map(result ->
                  probeResult(sandboxId, result, Duration.ofNanos(System.nanoTime() - began)));
        });
  }

  /** {@code POST} of a signed command. Never fails. */
  Uni<CallResult> command(AgentEndpoint agent, String path, String token, Buffer body) {
    RequestOptions request =
        request(HttpMethod.POST, agent.address(), agent.port(), path)
            .putHeader("Accept", "application/json, application/problem+json")
            .putHeader("Content-Type", "application/json")
            .putHeader("Authorization", "Bearer " + token);
    return call(request, body, config.commandTimeout());
  }

  private static RequestOptions request(HttpMethod method, String address, int port, String path) {
    return new RequestOptions()
        .setMethod(method)
        .setHost(address)
        .setPort(port)
        .setURI(path)
        .setFollowRedirects(false);
  }

  private Uni<CallResult> call(RequestOptions request, @Nullable Buffer body, Duration limit) {
    return Uni.createFrom()
        .emitter(
            emitter -> new AgentCall(vertx, body, limit, emitter::complete).start(http, request));
  }

  private ProbeResult probeResult(UUID sandboxId, CallResult result, Duration took) {
    return switch (result) {
      case CallResult.Failed failed -> new Failure(failed.kind(), failed.detail(), took);
      case CallResult.Answered answer when answer.status() != OK ->
          new Failure(
              FailureKind.HTTP_STATUS, "the agent answered with HTTP " + answer.status(), took);
      case CallResult.Answered answer -> report(sandboxId, answer.body(), took);
    };
  }

  private ProbeResult report(UUID sandboxId, byte[] body, Duration took) {
    try {
      return new ProbeResult.Answer(reader.read(body, sandboxId), took);
    } catch (AgentReportReader.Unusable unusable) {
      return new Failure(unusable.kind(), unusable.detail(), took);
    }
  }

  @PreDestroy
  void close() {
    http.close();
  }
}
