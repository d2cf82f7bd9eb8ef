package dev.valet.agent.engine.adspower;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.valet.agent.platform.Awaiting;
import dev.valet.agent.platform.BrowserSettings;
import dev.valet.agent.platform.Secret;
import dev.valet.agent.platform.time.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * AdsPower's local HTTP API. It takes one call a second, so calls wait for each other. Whether one
 * succeeded is told by {@code code} in the answer, never by the HTTP status.
 */
final class AdsPowerApi {
  static final Duration GAP = Duration.ofMillis(1_050);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int MAX_BODY = 1 << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http;
  private final URI base;
  private final @Nullable Secret key;
  private final Ticker ticker;
  private final Duration gap;
  private final Semaphore turn = new Semaphore(1, true);
  private @Nullable Long lastNanos;

  AdsPowerApi(Vertx vertx, BrowserSettings settings, Ticker ticker, Duration gap) {
    this.http = vertx.createHttpClient();
    this.base = settings.adsPower();
    this.key = settings.adsPowerKey();
    this.ticker = ticker;
    this.gap = gap;
  }

  static ObjectNode body() {
    return JSON.createObjectNode();
  }

  /** Asks; the {@code data} of the answer. */
  JsonNode get(String pathAndQuery) throws IOException, InterruptedException {
    return call(HttpMethod.GET, pathAndQuery, null);
  }

  /** Tells; the {@code data} of the answer. */
  JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    return call(HttpMethod.POST, path, body);
  }

  private JsonNode call(HttpMethod method, String path, @Nullable ObjectNode body)
      throws IOException, InterruptedException {
    turn.acquire();
    try {
      awaitGap();
      return data(Awaiting.result(send(method, path, body), LIMIT, "AdsPower"));
    } finally {
      lastNanos = ticker.nanos();
      turn.release();
    }
  }

  /** Nobody counts the latch down. */
  private void awaitGap() throws InterruptedException {
    Long last = lastNanos;
    long left = last == null ? 0 : gap.toNanos() - (ticker.nanos() - last);
    if (left > 0 && new CountDownLatch(1).await(left, TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException();
    }
  }

  private Future<Buffer> send(HttpMethod method, String path, @Nullable ObjectNode body) {
    RequestOptions options =
        new RequestOptions().setMethod(method).setAbsoluteURI(base + path).setConnectTimeout(3_000);
    if (key != null) {
      options.putHeader("Authorization", "Bearer " + key.reveal());
    }
    if (body != null) {
      options.putHeader("Content-Type", "application/json");
    }
    return http.request(options).compose(request -> exchange(request, body));
  }

  /** In one go on the event loop: a body that nobody waits for yet is lost. */
  private static Future<Buffer> exchange(HttpClientRequest request, @Nullable ObjectNode body) {
    return (body == null ? request.send() : request.send(body.toString()))
        .compose(HttpClientResponse::body);
  }

  private static JsonNode data(Buffer answer) throws IOException {
    if (answer.length() > MAX_BODY) {
      throw new IOException("AdsPower's answer is too long");
    }
    JsonNode root = JSON.readTree(answer.getBytes());
    if (!root.path("code").isInt() || root.path("code").intValue() != 0) {
      String message = root.path("msg").asText("no code in the answer");
      throw new IOException(
          "AdsPower refuses: " + (message.length() > 200 ? message.substring(0, 200) : message));
    }
    return root.path("data");
  }
}
