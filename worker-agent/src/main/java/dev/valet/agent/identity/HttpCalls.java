package dev.valet.agent.identity;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Small HTTP calls with bounds on everything: connecting, the whole answer's time, its size. No
 * redirect is followed, since a redirect would carry the credential elsewhere.
 */
@Singleton
final class HttpCalls {
  static final int MAX_BODY_BYTES = 64 * 1024;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  private final HttpClient client;

  HttpCalls(Vertx vertx) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                // Calls are rare; a kept connection would only be a dead one by the next call.
                .setKeepAlive(false));
  }

  /**
   * What to ask.
   *
   * @param body null for none
   * @param timeout from the open connection to the end of the answer
   */
  record Call(
      HttpMethod method,
      URI uri,
      Map<String, String> headers,
      @Nullable Buffer body,
      Duration timeout) {}

  /** Any complete answer, whatever its status. Headers are null if absent. */
  record Answer(int status, Buffer body, @Nullable String retryAfter, @Nullable String date) {
    Answer(int status, Buffer body, @Nullable String retryAfter) {
      this(status, body, retryAfter, null);
    }
  }

  /**
   * Sends the call.
   *
   * @return fails if no complete answer came in time; the message tells why, never what was sent
   */
  Future<Answer> send(Call call) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(call.method())
            .setAbsoluteURI(call.uri().toString())
            .setFollowRedirects(false)
            .setConnectTimeout(Math.min(call.timeout().toMillis(), CONNECT_TIMEOUT.toMillis()));
    call.headers().forEach(options::putHeader);
    return client.request(options).compose(request -> exchange(request, call));
  }

  private static Future<Answer> exchange(HttpClientRequest request, Call call) {
    Buffer body = call.body();
    Future<HttpClientResponse> response = body == null ? request.send() : request.send(body);
    return response
        .compose(HttpCalls::readBounded)
        .timeout(call.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(gaveUp -> request.reset());
  }

  private static Future<Answer> readBounded(HttpClientResponse response) {
    Promise<Answer> answer = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(part -> {
      if (body.length() + part.length() > MAX_BODY_BYTES) {
        answer.tryFail(new IOException("the answer is larger than 64 KiB"));
      } else {
        body.appendBuffer(part);
      }
    });
    response.exceptionHandler(answer::tryFail);
    response.endHandler(end ->
        answer.tryComplete(
            new Answer(
                response.statusCode(),
                body,
                response.getHeader("Retry-After"),
                response.getHeader("Date"))));
    return answer.future();
  }
}
