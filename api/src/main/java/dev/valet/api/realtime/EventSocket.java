package dev.valet.api.realtime;

import static java.util.Objects.requireNonNull;

import dev.valet.api.access.Requires;
import dev.valet.common.access.Permission;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.jboss.logging.Logger;

/** {@code /api/v1/events}; see docs/events.md. What happens on it is up to {@link EventSession}. */
@WebSocket(path = EventSocket.PATH, endpointId = EventSocket.ID)
@Requires(Permission.READ)
class EventSocket {
  static final String PATH = "/api/v1/events";
  static final String ID = "events";

  private static final Logger LOG = Logger.getLogger(EventSocket.class);
  private static final UserData.TypedKey<EventSession> SESSION =
      new UserData.TypedKey<>("valet.events.session");

  private final EventSession.Surroundings around;
  private final Sockets sockets;

  EventSocket(EventSession.Surroundings around, Sockets sockets) {
    this.around = around;
    this.sockets = sockets;
  }

  @OnOpen
  @NonBlocking
  void open(WebSocketConnection connection) {
    Context context = requireNonNull(Vertx.currentContext());
    EventSession session =
        new EventSession(
            around,
            new SocketPeer(connection, connection.userData().get(UpgradeGate.TRANSPORT)),
            task -> context.runOnContext(ignored -> task.run()),
            connection.userData().get(UpgradeGate.CALLER));
    connection.userData().put(SESSION, session);
    sockets.add(session);
  }

  @OnTextMessage
  @NonBlocking
  void text(String message, WebSocketConnection connection) {
    session(connection).receive(message);
  }

  @OnBinaryMessage
  @NonBlocking
  void binary(Buffer message, WebSocketConnection connection) {
    session(connection).reject("Messages must be text");
  }

  @OnPongMessage
  @NonBlocking
  void pong(Buffer data, WebSocketConnection connection) {
    session(connection).heard();
  }

  @OnClose
  @NonBlocking
  void closed(WebSocketConnection connection) {
    EventSession session = connection.userData().get(SESSION);
    if (session != null) {
      session.gone();
      sockets.remove(session);
    }
  }

  /** Frames that break the protocol or are too long; connections that broke. Their fault. */
  @OnError
  @NonBlocking
  void failed(Throwable failure, WebSocketConnection connection) {
    LOG.debugf(failure, "A client's socket failed");
    EventSession session = connection.userData().get(SESSION);
    if (session != null) {
      session.reject("The message is too long, or not of the WebSocket protocol");
    }
  }

  private static EventSession session(WebSocketConnection connection) {
    return requireNonNull(connection.userData().get(SESSION), "opened before anything arrives");
  }
}
