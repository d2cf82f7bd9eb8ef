package dev.valet.api.agent;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Asks agents. One shared client; a new connection for each question, so that the answer tells
 * whether the agent accepts connections now and so that no more sockets are open than questions
 * under way. Follows no redirect, sends no credential, reads at most 64 KiB, waits at most 3 s.
 */
@ApplicationScoped
public class AgentClient {
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
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(address)
            .setPort(port)
            .setURI("/health")
            .setFollowRedirects(false)
            .putHeader("Accept", "application/json");
    return Uni.createFrom()
        .emitter(emitter ->
            new HealthCall(vertx, sandboxId, reader, config.timeout(), emitter::complete)
                .start(http, request));
  }

  @PreDestroy
  void close() {
    http.close();
  }
}
