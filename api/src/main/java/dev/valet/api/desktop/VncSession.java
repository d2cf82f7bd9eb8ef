package dev.valet.api.desktop;

import dev.valet.api.access.Caller;
import dev.valet.common.agent.VncClose;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One viewer and the WebSocket of the agent behind it. Bytes pass as they are: what a viewer may do
 * is the agent's to enforce. Neither side gets ahead of the other by more than a write queue. All
 * work is done on the viewer's event loop; public to other threads are {@link #tick}, {@link
 * #know}, {@link #caller}, {@link #checkedAt} and {@link #end}.
 */
final class VncSession {
  private static final int LONGEST_REASON = 120;

  /** Closes a socket before its token runs out, not after. */
  private static final int EXPIRY_MARGIN_SECONDS = 2;

  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final DesktopConfig config;
  private final LongSupplier nanos;
  private final TicketService.Opened opened;
  private final ServerWebSocket viewer;
  private final HttpConnection transport;
  private final Context context;
  private final BiConsumer<VncSession, End> ended;
  private final long openedAt;
  private volatile Caller caller;
  private volatile long checked;
  private @Nullable WebSocket agent;
  private boolean closed;
  private long closedAt;
  private long heardAt;
  private long pingedAt;

  /**
   * How a session ended.
   *
   * @param why null if the viewer left
   */
  record End(@Nullable VncClose why, String reason, Duration after) {}

  VncSession(
      DesktopConfig config,
      LongSupplier nanos,
      Caller caller,
      TicketService.Opened opened,
      ServerWebSocket viewer,
      HttpConnection transport,
      Context context,
      BiConsumer<VncSession, End> ended) {
    this.config = config;
    this.nanos = nanos;
    this.caller = caller;
    this.opened = opened;
    this.viewer = viewer;
    this.transport = transport;
    this.context = context;
    this.ended = ended;
    this.openedAt = nanos.getAsLong();
    this.checked = openedAt;
    this.heardAt = openedAt;
    this.pingedAt = openedAt;
  }

  Caller caller() {
    return caller;
  }

  TicketService.Opened opened() {
    return opened;
  }

  /** When what the caller may do was last asked, on the monotonic clock. */
  long checkedAt() {
    return checked;
  }

  /** Takes over the viewer's WebSocket, which says nothing until the agent is there. */
  void begin() {
    if (viewer.isClosed()) {
      over(null, "the viewer left"); // during the upgrade, and no handler would tell
      return;
    }
    viewer.pause();
    viewer.frameHandler(this::fromViewer);
    viewer.pongHandler(pong -> heardAt = nanos.getAsLong());
    viewer.exceptionHandler(broken -> {}); // its close handler tells
    viewer.closeHandler(gone -> over(null, "the viewer left"));
  }

  /** The agent answers. */
  void join(WebSocket answering) {
    if (closed) {
      var _ = answering.close();
      return;
    }
    if (answering.isClosed()) {
      agentClosed(answering);
      return;
    }
    agent = answering;
    answering.handler(bytes -> pass(bytes, answering, viewer));
    answering.exceptionHandler(broken -> {}); // its close handler tells
    answering.closeHandler(gone -> agentClosed(answering));
    viewer.resume();
  }

  private void fromViewer(WebSocketFrame frame) {
    heardAt = nanos.getAsLong();
    WebSocket target = agent;
    if (frame.isText()) {
      close(VncClose.BAD_MESSAGE, "messages must be binary");
    } else if (target != null && !closed && !frame.isClose()) {
      pass(frame.binaryData(), viewer, target);
    }
  }

  /** The source rests while the target has more than it takes. */
  private void pass(Buffer bytes, WebSocketBase source, WebSocketBase target) {
    if (closed || target.isClosed()) {
      return;
    }
    var _ = target.write(bytes);
    if (target.writeQueueFull()) {
      source.pause();
      target.drainHandler(drained -> source.resume());
    }
  }

  private void agentClosed(WebSocket gone) {
    Short code = gone.closeStatusCode();
    String reason = gone.closeReason();
    VncClose why =
        Arrays.stream(VncClose.values())
            .filter(known -> code != null && known.code() == code)
            .findFirst()
            .orElse(VncClose.TRY_AGAIN_LATER);
    close(why, reason == null ? "the agent is away" : reason);
  }

  /** Closes the session. */
  void end(VncClose why, String reason) {
    context.runOnContext(now -> close(why, reason));
  }

  /** What the caller may do, asked again. */
  void know(Caller now) {
    if (opened.place().allows(now, opened.mode())) {
      caller = now;
      checked = nanos.getAsLong();
    } else {
      end(VncClose.UNAUTHORIZED, "you may not see or do this any more");
    }
  }

  /** Time has passed. */
  void tick(Instant now) {
    context.runOnContext(ticked -> judge(now));
  }

  private void judge(Instant now) {
    long moment = nanos.getAsLong();
    Instant expiresAt = caller.expiresAt();
    if (closed) {
      bury(moment);
    } else if (moment - heardAt >= config.silence().toNanos()) {
      close(VncClose.TIMEOUT, "nothing is heard of the viewer");
    } else if (expiresAt != null && !now.plusSeconds(EXPIRY_MARGIN_SECONDS).isBefore(expiresAt)) {
      close(VncClose.UNAUTHORIZED, "the token or session runs out");
    } else if (moment - pingedAt >= config.heartbeat().toNanos()) {
      pingedAt = moment;
      var _ = viewer.writePing(Buffer.buffer());
    }
  }

  /** One that reads nothing does not read the goodbye either. */
  private void bury(long moment) {
    if (moment - closedAt >= GOODBYE.toNanos()) {
      var _ = ((ConnectionBase) transport).channelHandlerContext().close();
    }
  }

  private void close(VncClose why, String reason) {
    if (!closed) {
      var _ = viewer.close((short) why.code(), shortened(reason));
      over(why, reason);
    }
  }

  private void over(@Nullable VncClose why, String reason) {
    if (closed) {
      return;
    }
    closed = true;
    closedAt = nanos.getAsLong();
    viewer.resume();
    WebSocket open = agent;
    if (open != null) {
      var _ = open.close();
    }
    ended.accept(this, new End(why, reason, Duration.ofNanos(closedAt - openedAt)));
  }

  /** An agent's words are not ours. */
  private static String shortened(String reason) {
    String ascii = reason.replaceAll("[^\\x20-\\x7E]", "?");
    return ascii.substring(0, Math.min(ascii.length(), LONGEST_REASON));
  }
}
