package dev.valet.agent.health;

import dev.valet.agent.platform.ServerRoute;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The agent's one HTTP server. It has no way to stop: it answers until the process ends, so that
 * whoever asks during a shutdown learns of it.
 */
@Singleton
public final class HealthServer {
  private static final int IDLE_SECONDS = 60;

  private final Vertx vertx;
  private final HealthRoutes routes;
  private final List<ServerRoute> others = new CopyOnWriteArrayList<>();

  HealthServer(Vertx vertx, HealthRoutes routes) {
    this.vertx = vertx;
    this.routes = routes;
  }

  /** Serves this one too from now on. */
  public void add(ServerRoute route) {
    others.add(route);
  }

  /**
   * Begins to answer.
   *
   * @return fails if the address cannot be bound
   */
  public Future<HttpServer> listen(String address, int port) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(address)
            .setPort(port)
            .setMaxInitialLineLength(2048)
            .setMaxHeaderSize(8192)
            .setHttp2ClearTextEnabled(false)
            .setWebSocketSubProtocols(List.of("binary"))
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    return vertx.createHttpServer(options).requestHandler(this::handle).listen();
  }

  private void handle(HttpServerRequest request) {
    String path = String.valueOf(request.path());
    others.stream()
        .filter(route -> route.serves(path))
        .findFirst()
        .ifPresentOrElse(route -> route.handle(request), () -> routes.handle(request));
  }
}
