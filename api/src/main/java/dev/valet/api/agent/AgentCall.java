package dev.valet.api.agent;

import dev.valet.api.agent.ProbeResult.FailureKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call to one agent: ends once, at the latest when its time is over. */
final class AgentCall {
  private static final int MAX_BODY = 64 * 1024;

  private final Vertx vertx;
  private final @Nullable Buffer sent;
  private final Duration timeout;
  private final Consumer<CallResult> listener;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Buffer received = Buffer.buffer();
  private volatile @Nullable HttpClientRequest request;
  private volatile long timer = -1;

  /**
   * A call that has not begun.
   *
   * @param sent the request's body; null for none
   */
  AgentCall(Vertx vertx, @Nullable Buffer sent, Duration timeout, Consumer<CallResult> listener) {
    this.vertx = vertx;
    this.sent = sent;
    this.timeout = timeout;
    this.listener = listener;
  }

  void start(HttpClient http, RequestOptions options) {
    timer = vertx.setTimer(timeout.toMillis(), id -> timedOut());
    try {
      http.request(options).onSuccess(this::send).onFailure(this::unreachable);
    } catch (IllegalArgumentException | IllegalStateException unusable) {
      unreachable(unusable); // no address to connect to, or the client is closed already
    }
  }

  private void send(HttpClientRequest connected) {
    request = connected;
    if (ended.get()) {
      connected.reset();
      return;
    }
    connected.connection().exceptionHandler(this::unreachable); // else Vert.x logs each as an error
    connected.exceptionHandler(this::unreachable);
    Future<HttpClientResponse> answer = sent == null ? connected.send() : connected.send(sent);
    answer.onSuccess(this::answered).onFailure(this::unreachable);
  }

  private void answered(HttpClientResponse response) {
    response.exceptionHandler(this::unreachable);
    response.handler(this::received);
    response.endHandler(
        end -> end(new CallResult.Answered(response.statusCode(), received.getBytes())));
  }

  private void received(Buffer part) {
    if (received.length() + part.length() > MAX_BODY) {
      giveUp(FailureKind.TOO_LARGE, "the answer is larger than 64 KiB");
    } else if (!ended.get()) {
      received.appendBuffer(part);
    }
  }

  private void timedOut() {
    giveUp(FailureKind.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
  }

  private void unreachable(Throwable cause) {
    giveUp(FailureKind.UNREACHABLE, ConnectionFailures.describe(cause));
  }

  private void giveUp(FailureKind kind, String detail) {
    end(new CallResult.Failed(kind, detail));
    HttpClientRequest open = request;
    if (open != null) {
      open.reset();
    }
  }

  private void end(CallResult result) {
    if (ended.compareAndSet(false, true)) {
      vertx.cancelTimer(timer);
      listener.accept(result);
    }
  }
}
