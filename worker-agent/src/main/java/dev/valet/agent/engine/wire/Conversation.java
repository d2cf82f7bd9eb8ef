package dev.valet.agent.engine.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.valet.agent.platform.Awaiting;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a browser. Calls block until their reply is there; events are told on an
 * event loop. Safe for several threads.
 */
public final class Conversation implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Conversation.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<Long, Promise<byte[]>> pending = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private volatile Consumer<JsonNode> onEvent = event -> {};
  private volatile Runnable onEnd = () -> {};
  private volatile @Nullable WebSocket socket;

  /** Only on the event loop: a message that is not complete. */
  private Buffer message = Buffer.buffer();

  Conversation() {}

  /** An empty set of parameters. */
  public static ObjectNode parameters() {
    return JSON.createObjectNode();
  }

  /** On the event loop, before anything is received. */
  WebSocket over(WebSocket opened) {
    socket = opened;
    opened.frameHandler(this::received);
    opened.closeHandler(closed -> ended());
    opened.exceptionHandler(failure -> LOG.debugf("browser's socket: %s", failure.getMessage()));
    return opened;
  }

  /** Who hears of events, as the browser sends them; must return at once. */
  public void onEvent(Consumer<JsonNode> listener) {
    onEvent = listener;
  }

  /** Who hears that the browser, or its connection, is gone. */
  public void onEnd(Runnable listener) {
    onEnd = listener;
  }

  /** Asks the browser itself; the {@code result} of its reply. */
  public JsonNode call(String method, ObjectNode parameters, Duration limit)
      throws IOException, InterruptedException {
    return call(null, method, parameters, limit);
  }

  /** Asks within a session of the Chrome DevTools Protocol. */
  public JsonNode call(
      @Nullable String session, String method, ObjectNode parameters, Duration limit)
      throws IOException, InterruptedException {
    byte[] reply = exchange(session, method, parameters, limit);
    return Reply.result(JSON.readTree(reply), method);
  }

  /** Tells something whose reply nobody waits for; also on the event loop. */
  public void tell(@Nullable String session, String method, ObjectNode parameters) {
    WebSocket open = Objects.requireNonNull(socket);
    var _ =
        open.writeTextMessage(
            request(session, method, parameters, lastId.incrementAndGet()).toString());
  }

  /**
   * Asks for bytes, which come as the base64 text {@code data} of the result, and writes them
   * without holding them all.
   */
  public void callForData(
      @Nullable String session,
      String method,
      ObjectNode parameters,
      Duration limit,
      OutputStream out)
      throws IOException, InterruptedException {
    byte[] reply = exchange(session, method, parameters, limit);
    if (!Reply.writeData(JSON.getFactory(), reply, out)) {
      Reply.result(JSON.readTree(reply), method);
      throw new ProtocolFailure(method + ": the reply has no data");
    }
  }

  private byte[] exchange(
      @Nullable String session, String method, ObjectNode parameters, Duration limit)
      throws IOException, InterruptedException {
    long id = lastId.incrementAndGet();
    ObjectNode request = request(session, method, parameters, id);
    Promise<byte[]> reply = Promise.promise();
    pending.put(id, reply);
    try {
      WebSocket open = Objects.requireNonNull(socket);
      if (open.isClosed()) {
        throw new IOException("the browser is gone");
      }
      var _ = open.writeTextMessage(request.toString()).onFailure(reply::tryFail);
      return Awaiting.result(reply.future(), limit, method);
    } finally {
      pending.remove(id);
    }
  }

  private static ObjectNode request(
      @Nullable String session, String method, ObjectNode parameters, long id) {
    ObjectNode request = JSON.createObjectNode().put("id", id).put("method", method);
    request.set("params", parameters);
    return session == null ? request : request.put("sessionId", session);
  }

  private void received(WebSocketFrame frame) {
    message.appendBuffer(frame.binaryData());
    if (!frame.isFinal()) {
      return;
    }
    byte[] whole = message.getBytes();
    message = Buffer.buffer();
    if (frame.isText() || frame.isContinuation()) {
      understand(whole);
    }
  }

  private void understand(byte[] whole) {
    try {
      long id = Reply.id(JSON.getFactory(), whole);
      if (id == Reply.NO_ID) {
        onEvent.accept(JSON.readTree(whole));
        return;
      }
      Promise<byte[]> waiting = pending.get(id);
      if (waiting != null) {
        waiting.tryComplete(whole);
      }
    } catch (IOException e) {
      LOG.debugf("a message of the browser is not JSON: %s", e.getMessage());
    }
  }

  private void ended() {
    pending.values().forEach(waiting -> waiting.tryFail("the browser is gone"));
    onEnd.run();
  }

  /** Whether the browser can still be asked. */
  public boolean isOpen() {
    WebSocket open = socket;
    return open != null && !open.isClosed();
  }

  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null) {
      var _ = open.close();
    }
    ended();
  }
}
