package dev.valet.api.realtime;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** The client's end of a WebSocket. That it may be gone already is no fault of anybody. */
final class SocketPeer implements Peer {
  /** Of a close frame's reason, in bytes; ours are ASCII. */
  private static final int LONGEST_REASON = 123;

  private final WebSocketConnection connection;
  private final HttpConnection transport;

  SocketPeer(WebSocketConnection connection, HttpConnection transport) {
    this.connection = connection;
    this.transport = transport;
  }

  @Override
  public Uni<Void> send(String text) {
    return connection.isClosed() ? Uni.createFrom().voidItem() : connection.sendText(text);
  }

  @Override
  public void ping() {
    if (connection.isOpen()) {
      ignore(connection.sendPing(Buffer.buffer()));
    }
  }

  @Override
  public void close(CloseCode code, String reason) {
    if (connection.isOpen()) {
      ignore(connection.close(new CloseReason(code.code(), shortened(reason))));
    }
  }

  /** Vert.x itself would first wait until everything before the end is received. */
  @Override
  public void abort() {
    var _ = ((ConnectionBase) transport).channelHandlerContext().close();
  }

  private static String shortened(String reason) {
    String ascii = reason.replaceAll("[^\\x20-\\x7E]", "?");
    return ascii.substring(0, Math.min(ascii.length(), LONGEST_REASON));
  }

  private static void ignore(Uni<Void> done) {
    done.subscribe().with(ok -> {}, gone -> {});
  }
}
