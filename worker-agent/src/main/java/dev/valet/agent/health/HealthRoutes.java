package dev.valet.agent.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.valet.agent.health.AgentMetrics.Request;
import dev.valet.agent.platform.CachedAnswer;
import dev.valet.agent.platform.time.Ticker;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/** Answers every request at once out of what is prepared. No route reads a body. */
@Singleton
final class HealthRoutes {
  private final HealthBoard board;
  private final AgentMetrics metrics;
  private final Ticker ticker;

  private final CachedAnswer alive;
  private final CachedAnswer notFound;
  private final CachedAnswer notAllowed;
  private final CachedAnswer noBody;

  HealthRoutes(HealthBoard board, AgentMetrics metrics, Ticker ticker, ObjectMapper json) {
    this.board = board;
    this.metrics = metrics;
    this.ticker = ticker;
    this.alive = CachedAnswer.json(200, Map.of("live", true), json);
    this.notFound =
        CachedAnswer.problem(
            404, "Not Found", "there are /health, /health/live, /health/ready and /metrics", json);
    this.notAllowed =
        CachedAnswer.problem(405, "Method Not Allowed", "only GET and HEAD are allowed", json);
    this.noBody =
        CachedAnswer.problem(413, "Content Too Large", "no route takes a request body", json);
  }

  private enum Route {
    HEALTH("/health"),
    LIVE("/health/live"),
    READY("/health/ready"),
    METRICS("/metrics"),
    OTHER("other");

    private final String path;

    Route(String path) {
      this.path = path;
    }

    private static Route of(String path) {
      for (Route route : values()) {
        if (route != OTHER && route.path.equals(path)) {
          return route;
        }
      }
      return OTHER;
    }
  }

  void handle(HttpServerRequest request) {
    long began = ticker.nanos();
    Route route = Route.of(String.valueOf(request.path()));
    CachedAnswer answer = answer(route, request);
    send(request, answer);
    metrics.answered(
        new Request(route.path, methodLabel(request.method()), answer.status()),
        Duration.ofNanos(ticker.nanos() - began));
  }

  private CachedAnswer answer(Route route, HttpServerRequest request) {
    if (route == Route.OTHER) {
      return notFound;
    }
    if (!isRead(request.method())) {
      return notAllowed;
    }
    if (hasBody(request)) {
      return noBody;
    }
    return switch (route) {
      case HEALTH -> board.drawn().health();
      case LIVE -> alive;
      case READY -> board.drawn().readiness();
      case METRICS ->
          new CachedAnswer(
              200, "text/plain; version=0.0.4; charset=utf-8", Buffer.buffer(metrics.scrape()));
      case OTHER -> notFound;
    };
  }

  private static void send(HttpServerRequest request, CachedAnswer answer) {
    if (answer.status() == 405) {
      request.response().putHeader("Allow", "GET, HEAD");
    }
    answer.sendTo(request, hasBody(request));
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null
        || (length != null && !length.equals("0"));
  }

  private static boolean isRead(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private static String methodLabel(HttpMethod method) {
    return isRead(method) ? method.name() : "other";
  }
}
