package dev.valet.agent.desktop;

import dev.valet.agent.platform.time.Ticker;
import dev.valet.common.agent.VncClose;
import dev.valet.common.agent.VncMode;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One viewer and its connection to the VNC server. Neither end gets ahead of the other by more than
 * a write queue. Everything happens on the WebSocket's own event loop.
 */
final class VncSession {
  private static final Logger LOG = Logger.getLogger(VncSession.class);

  private static final long GOODBYE_MILLIS = 5_000;

  private final Vertx vertx;
  private final VncLimits limits;
  private final Ticker ticker;
  private final VncMode mode;
  private final ServerWebSocket viewer;
  private final HttpConnection transport;
  private final ViewerMessages messages;
  private final Intake fromViewer =
      new Intake(() -> close(VncClose.BAD_MESSAGE, "too much at once"));
  private final Intake fromServer = new Intake(() -> serverFailed("it says too much"));
  private final long openedNanos;

  private @Nullable NetSocket server;
  private boolean flowing;
  private boolean closed;
  private long timer;
  private long heardNanos;
  private long inputNanos;
  private long inputsSeen;

  VncSession(
      Vertx vertx,
      VncLimits limits,
      Ticker ticker,
      VncMode mode,
      ServerWebSocket viewer,
      HttpConnection transport) {
    this.vertx = vertx;
    this.limits = limits;
    this.ticker = ticker;
    this.mode = mode;
    this.viewer = viewer;
    this.transport = transport;
    this.messages = new ViewerMessages(mode);
    this.openedNanos = ticker.nanos();
    this.heardNanos = openedNanos;
    this.inputNanos = openedNanos;
  }

  /** Takes over the WebSocket, on its event loop. */
  void begin(NetClient client, VncDoor door, Runnable ended) {
    LOG.infof("viewer (%s) came", mode.wire());
    viewer.frameHandler(this::received);
    viewer.pongHandler(pong -> heard());
    viewer.exceptionHandler(this::broken);
    viewer.closeHandler(gone -> left(ended));
    timer = vertx.setPeriodic(limits.tick().toMillis(), tick -> look());
    client
        .connect(door.port(), "127.0.0.1")
        .onSuccess(socket -> connected(socket, door))
        .onFailure(refused -> serverFailed("it cannot be reached"));
  }

  private void broken(Throwable why) {
    if (why instanceof CorruptedWebSocketFrameException) {
      close(VncClose.BAD_MESSAGE, "a frame is too long, or not of the protocol");
    }
    // Else the connection is gone, which its close handler tells.
  }

  private void left(Runnable ended) {
    if (!closed) {
      LOG.infof("viewer (%s) left", mode.wire());
      end();
    }
    ended.run();
  }

  private void connected(NetSocket socket, VncDoor door) {
    if (closed) {
      var _ = socket.close();
      return;
    }
    server = socket;
    socket.handler(fromServer);
    socket.closeHandler(gone -> serverFailed("it ended"));
    socket.exceptionHandler(broken -> serverFailed("it ended"));
    new VncLogin(
            fromServer,
            bytes -> write(socket, bytes, viewer),
            door.password(),
            () -> greet(socket),
            this::serverFailed)
        .begin();
  }

  private void greet(NetSocket socket) {
    new ViewerGreeting(
            fromViewer,
            bytes -> write(viewer, bytes, socket),
            () -> flow(socket),
            why -> close(VncClose.BAD_MESSAGE, why))
        .begin();
  }

  private void flow(NetSocket socket) {
    flowing = true;
    write(socket, Buffer.buffer(new byte[] {1}), viewer); // shared with other viewers
    fromServer.flow(bytes -> write(viewer, bytes, socket));
    fromViewer.flow(bytes -> passOn(bytes, socket));
  }

  private void received(WebSocketFrame frame) {
    heard();
    if (frame.isText()) {
      close(VncClose.BAD_MESSAGE, "messages must be binary");
    } else if (!closed && !frame.isClose()) {
      fromViewer.handle(frame.binaryData());
    }
  }

  private void passOn(Buffer bytes, NetSocket socket) {
    try {
      Buffer passed = messages.accept(bytes);
      if (passed.length() > 0) {
        write(socket, passed, viewer);
      }
    } catch (ViewerMessages.Unknown unknown) {
      close(VncClose.BAD_MESSAGE, String.valueOf(unknown.getMessage()));
    }
  }

  /** The source rests while the target has more than it takes. */
  private void write(WriteStream<Buffer> target, Buffer bytes, ReadStream<?> source) {
    if (closed || viewer.isClosed()) {
      return;
    }
    var _ = target.write(bytes);
    if (target.writeQueueFull()) {
      source.pause();
      target.drainHandler(drained -> source.resume());
    }
  }

  private void heard() {
    heardNanos = ticker.nanos();
  }

  private void look() {
    long now = ticker.nanos();
    if (messages.inputs() != inputsSeen) {
      inputsSeen = messages.inputs();
      inputNanos = now;
    }
    if (!flowing && isOver(limits.handshake(), openedNanos, now)) {
      close(VncClose.TIMEOUT, "the handshake takes too long");
    } else if (isOver(limits.silence(), heardNanos, now)) {
      close(VncClose.TIMEOUT, "nothing is heard of the viewer");
    } else if (mode == VncMode.CONTROL && isOver(limits.idleControl(), inputNanos, now)) {
      close(VncClose.TIMEOUT, "control without input for too long");
    } else if (isOver(limits.session(), openedNanos, now)) {
      close(VncClose.TIMEOUT, "the session was open for as long as it may be");
    } else {
      var _ = viewer.writePing(Buffer.buffer());
    }
  }

  private static boolean isOver(Duration limit, long since, long now) {
    return now - since >= limit.toNanos();
  }

  private void serverFailed(String why) {
    close(VncClose.DESKTOP_GONE, "the VNC server: " + why);
  }

  /** Ends the session, on the WebSocket's event loop. */
  void close(VncClose why, String reason) {
    if (closed) {
      return;
    }
    LOG.infof("viewer (%s) closed with %d: %s", mode.wire(), why.code(), reason);
    end();
    var _ = viewer.close((short) why.code(), reason);
    // One that reads nothing does not read the goodbye either.
    vertx.setTimer(GOODBYE_MILLIS, late -> abort());
  }

  /** Vert.x itself would first wait until everything before the end is received. */
  private void abort() {
    var _ = ((ConnectionBase) transport).channelHandlerContext().close();
  }

  private void end() {
    closed = true;
    vertx.cancelTimer(timer);
    viewer.resume();
    NetSocket open = server;
    server = null;
    if (open != null) {
      var _ = open.close();
    }
  }
}
