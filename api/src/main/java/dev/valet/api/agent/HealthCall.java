package dev.valet.api.agent;

import dev.valet.api.agent.ProbeResult.Failure;
import dev.valet.api.agent.ProbeResult.FailureKind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One question to one agent: ends once, at the latest when its time is over. */
final class HealthCall {
  private static final int MAX_BODY = 64 * 1024;
  private static final int OK = 200;

  private final Vertx vertx;
  private final UUID sandboxId;
  private final AgentReportReader reader;
  private final Duration timeout;
  private final Consumer<ProbeResult> listener;
  private final long startedNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Buffer body = Buffer.buffer();
  private volatile @Nullable HttpClientRequest request;
  private volatile long timer = -1;

  HealthCall(
      Vertx vertx,
      UUID sandboxId,
      AgentReportReader reader,
      Duration timeout,
      Consumer<ProbeResult> listener) {
    this.vertx = vertx;
    this.sandboxId = sandboxId;
    this.reader = reader;
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
    connected.send().onSuccess(this::answered).onFailure(this::unreachable);
  }

  private void answered(HttpClientResponse response) {
    response.exceptionHandler(this::unreachable);
    if (response.statusCode() != OK) {
      giveUp(FailureKind.HTTP_STATUS, "the agent answered with HTTP " + response.statusCode());
      return;
    }
    response.handler(this::received);
    response.endHandler(end -> complete());
  }

  private void received(Buffer part) {
    if (body.length() + part.length() > MAX_BODY) {
      giveUp(FailureKind.TOO_LARGE, "the answer is larger than 64 KiB");
    } else if (!ended.get()) {
      body.appendBuffer(part);
    }
  }

  private void complete() {
    try {
      end(new ProbeResult.Answer(reader.read(body.getBytes(), sandboxId), took()));
    } catch (AgentReportReader.Unusable unusable) {
      end(new Failure(unusable.kind(), unusable.detail(), took()));
    }
  }

  private void timedOut() {
    giveUp(FailureKind.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
  }

  private void unreachable(Throwable cause) {
    giveUp(FailureKind.UNREACHABLE, ConnectionFailures.describe(cause));
  }

  private void giveUp(FailureKind kind, String detail) {
    end(new Failure(kind, detail, took()));
    HttpClientRequest open = request;
    if (open != null) {
      open.reset();
    }
  }

  private void end(ProbeResult result) {
    if (ended.compareAndSet(false, true)) {
      vertx.cancelTimer(timer);
      listener.accept(result);
    }
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - startedNanos);
  }
}
