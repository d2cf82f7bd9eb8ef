package dev.valet.e2e.bench;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A way to the engine that can be cut. */
final class Relay implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final NetServer server;

  Relay(int target) throws Exception {
    server =
        vertx
            .createNetServer()
            .connectHandler(near -> pass(near, target))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  int port() {
    return server.actualPort();
  }

  private void pass(NetSocket near, int target) {
    near.pause();
    client
        .connect(target, "127.0.0.1")
        .onSuccess(far -> {
          open.add(near);
          var _ = near.pipeTo(far);
          var _ = far.pipeTo(near);
        })
        .onFailure(failure -> near.close());
  }

  /** Ends all connections. */
  void cut() {
    open.forEach(NetSocket::close);
    open.clear();
  }

  @Override
  public void close() {
    var _ = vertx.close();
  }
}
