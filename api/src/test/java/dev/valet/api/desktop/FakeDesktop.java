package dev.valet.api.desktop;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An agent that has a WebSocket and nothing else: it says back whatever it hears. */
final class FakeDesktop implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<ServerWebSocket> sockets = new LinkedBlockingQueue<>();
  private final AtomicLong flooded = new AtomicLong();
  private volatile int refusal;
  private volatile boolean floods;

  /** One upgrade that was asked for. */
  record Asked(String target, String authorization) {}

  FakeDesktop() throws Exception {
    HttpServerOptions options =
        new HttpServerOptions().setWebSocketSubProtocols(List.of("binary")).setHost("127.0.0.1");
    server =
        await(vertx.createHttpServer(options.setPort(0)).requestHandler(this::answer).listen());
  }

  int port() {
    return server.actualPort();
  }

  /** Answers with this status instead of an upgrade from now on. */
  void refuse(int status) {
    refusal = status;
  }

  /** Sends without end from now on, as fast as it is taken. */
  void flood() {
    floods = true;
  }

  /** Bytes that were taken of the flood. */
  long flooded() {
    return flooded.get();
  }

  Asked asked() throws InterruptedException {
    return asked.poll(20, TimeUnit.SECONDS);
  }

  /** The next WebSocket that was opened. */
  ServerWebSocket socket() throws InterruptedException {
    return sockets.poll(20, TimeUnit.SECONDS);
  }

  private void answer(HttpServerRequest request) {
    asked.add(new Asked(request.uri(), request.getHeader("Authorization")));
    if (refusal != 0) {
      request.response().setStatusCode(refusal).end();
      return;
    }
    request.toWebSocket().onSuccess(this::serve);
  }

  private void serve(ServerWebSocket socket) {
    sockets.add(socket);
    if (socket.isClosed()) {
      return;
    }
    socket.handler(socket::write);
    if (floods) {
      pour(socket);
    }
  }

  private void pour(ServerWebSocket socket) {
    while (!socket.isClosed() && !socket.writeQueueFull()) {
      flooded.addAndGet(32 * 1024);
      socket.write(Buffer.buffer(new byte[32 * 1024]));
    }
    if (!socket.isClosed()) {
      socket.drainHandler(drained -> pour(socket));
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    await(vertx.close());
  }
}
