package dev.valet.agent.hatchet;

import dev.valet.common.agent.TlsStrategy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The one thing that a worker can ask of the engine by REST only: to send it tasks or not. */
final class RestApi {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Vertx vertx;

  RestApi(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Pauses the worker, or takes that back; fails if the engine's REST API is unknown or does not do
   * it.
   */
  Future<Void> pause(Endpoint endpoint, String workerId, boolean paused) {
    URI server = endpoint.serverUrl();
    if (server == null) {
      return Future.failedFuture("nobody names the engine's REST API");
    }
    HttpClient client = vertx.createHttpClient(options(endpoint));
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.PATCH)
            .setAbsoluteURI(server + "/api/v1/workers/" + workerId)
            .putHeader("Authorization", "Bearer " + endpoint.token().secret().reveal())
            .putHeader("Content-Type", "application/json");
    return client
        .request(request)
        .compose(call -> call.send("{\"isPaused\":" + paused + "}"))
        .<Void>compose(answer ->
            answer.statusCode() == 200
                ? Future.succeededFuture()
                : Future.failedFuture("the engine answers HTTP " + answer.statusCode()))
        .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> client.close());
  }

  private static HttpClientOptions options(Endpoint endpoint) {
    HttpClientOptions options =
        new HttpClientOptions().setConnectTimeout((int) LIMIT.toMillis()).setKeepAlive(false);
    if (endpoint.tls().strategy() != TlsStrategy.NONE) {
      endpoint.tls().trustInto(options);
    }
    return options;
  }
}
