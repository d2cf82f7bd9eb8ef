package dev.valet.e2e.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends requests at a fixed rate, whether or not the earlier ones were answered, as many clients
 * would. A time counts from the planned moment of sending: a server that stalls makes all those
 * late that would have come meanwhile.
 */
final class OpenLoop implements AutoCloseable {
  private static final int CONNECTIONS = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final Vertx vertx;
  private final HttpClient http;
  private final String token;
  private final int perSecond;

  OpenLoop(Vertx vertx, String token, int perSecond) {
    this.vertx = vertx;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setDefaultHost("127.0.0.1"),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    this.token = token;
    this.perSecond = perSecond;
  }

  /** One request; its body. */
  Buffer ask(int port, String path) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Future<Buffer> body = send(port, path).onComplete(any -> done.countDown());
    if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS) || body.failed()) {
      throw new IllegalStateException(path + " was not answered", body.cause());
    }
    return body.result();
  }

  /**
   * Asks for a while.
   *
   * @throws IllegalStateException if a request was not answered, or not with 200
   */
  Latencies run(int port, String path, Duration time) throws InterruptedException {
    int requests = (int) (time.toMillis() * perSecond / 1000);
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long[] nanos = new long[requests];
    AtomicInteger failures = new AtomicInteger();
    CountDownLatch answered = new CountDownLatch(requests);
    long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
    for (int i = 0; i < requests; i++) {
      int number = i;
      long planned = begin + i * interval;
      waitUntil(planned);
      send(port, path)
          .onComplete(answer -> {
            nanos[number] = System.nanoTime() - planned;
            if (answer.failed()) {
              failures.incrementAndGet();
            }
            answered.countDown();
          });
    }
    boolean all = answered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (!all || failures.get() > 0) {
      throw new IllegalStateException(
          "%s: of %d requests %d failed and %d were not answered"
              .formatted(path, requests, failures.get(), answered.getCount()));
    }
    return Latencies.of(nanos);
  }

  private Future<Buffer> send(int port, String path) {
    return http.request(HttpMethod.GET, port, "127.0.0.1", path)
        .compose(request -> request.putHeader("Authorization", "Bearer " + token).send())
        .compose(OpenLoop::body);
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    return response.statusCode() == OK
        ? response.body()
        : response.body().compose(text -> Future.failedFuture(response.statusCode() + ": " + text));
  }

  private static void waitUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() {
    http.close().onComplete(closed -> vertx.close());
  }
}
