package dev.valet.api.taskengine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.valet.api.agent.TaskEngineAccess;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Hatchet's REST API. Each question is bounded in time and size, follows no redirect, and fails
 * with words for people.
 */
@ApplicationScoped
class HatchetRest implements TaskEngine {
  private static final int MAX_BODY = 8 * 1024 * 1024;
  private static final int PAGE = 500;
  private static final int MOST_PAGES = 40;
  private static final Duration DAY = Duration.ofHours(24);

  private final TaskEngineConfig config;
  private final Clock clock;
  private final HttpClient http;
  private final ObjectReader json = JsonMapper.builder().build().reader();

  HatchetRest(Vertx vertx, TaskEngineConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxPoolSize(4)
                .setMaxRedirects(0));
  }

  @Override
  public Uni<EngineReport> report(TaskEngineAccess access) {
    String tenant = "/api/v1/tenants/" + access.tenantId();
    String stable = "/api/v1/stable/tenants/" + access.tenantId();
    return Uni.combine()
        .all()
        .unis(
            ask(access, tenant + "/step-run-queue-metrics"),
            ask(access, tenant + "/task-stats"),
            ask(access, stable + "/task-metrics?since=" + clock.instant().minus(DAY)),
            workers(access, tenant + "/worker", 0, new ArrayList<>()))
        .with((queues, stats, metrics, workers) ->
            new HatchetAnswers(queues, stats, metrics, workers).report());
  }

  private Uni<List<JsonNode>> workers(
      TaskEngineAccess access, String path, int page, List<JsonNode> before) {
    return ask(access, path + "?limit=" + PAGE + "&offset=" + page * PAGE)
        .chain(answer -> {
          answer.path("rows").forEach(before::add);
          boolean last = answer.path("rows").size() < PAGE || page + 1 >= MOST_PAGES;
          return last ? Uni.createFrom().item(before) : workers(access, path, page + 1, before);
        });
  }

  private Uni<JsonNode> ask(TaskEngineAccess access, String path) {
    return Uni.createFrom().completionStage(() -> call(access, path).toCompletionStage());
  }

  private Future<JsonNode> call(TaskEngineAccess access, String path) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(access.serverUrl().resolve(path).toString())
            .setFollowRedirects(false)
            .setTimeout(config.timeout().toMillis())
            .putHeader("Authorization", "Bearer " + access.token())
            .putHeader("Accept", "application/json");
    return http.request(options)
        .compose(request ->
            request
                .send()
                .compose(response -> body(request, response))
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> request.reset()))
        .map(this::parse)
        .recover(failure -> Future.failedFuture(problem(failure)));
  }

  private static Future<Buffer> body(HttpClientRequest request, HttpClientResponse response) {
    response.exceptionHandler(known -> {}); // else Vert.x logs each as an error
    if (response.statusCode() != 200) {
      return Future.failedFuture(refusal(response.statusCode()));
    }
    Buffer body = Buffer.buffer();
    response.handler(part -> {
      body.appendBuffer(part);
      if (body.length() > MAX_BODY) {
        request.reset();
      }
    });
    return response.end().map(end -> body);
  }

  private JsonNode parse(Buffer body) {
    try {
      JsonNode answer = json.readTree(body.getBytes());
      if (answer.isContainerNode()) {
        return answer;
      }
    } catch (IOException e) {
      // Its message may quote the answer.
    }
    throw new EngineProblem(
        "what answers at the engine's REST address is no Hatchet: check VALET_HATCHET_SERVER_URL");
  }

  private static EngineProblem refusal(int status) {
    return new EngineProblem(
        switch (status) {
          case 401, 403 -> "the engine refuses the token: it is expired, revoked or of another one";
          case 404 -> "the engine does not know the token's tenant: check VALET_HATCHET_SERVER_URL";
          default -> "the engine answers HTTP " + status;
        });
  }

  private static EngineProblem problem(Throwable failure) {
    if (failure instanceof EngineProblem known) {
      return known;
    }
    return new EngineProblem(
        failure instanceof TimeoutException
            ? "the engine does not answer in time"
            : "the engine cannot be reached: " + firstLine(failure.getMessage()));
  }

  private static String firstLine(@Nullable String text) {
    String line = text == null ? "connection lost" : text.lines().findFirst().orElse("");
    return line.length() <= 150 ? line : line.substring(0, 150);
  }

  @PreDestroy
  void close() {
    http.close();
  }
}
