package dev.valet.api.testkit;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of {@code /api/v1/events} that keeps what it receives. */
public final class EventClient implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();
  private WebSocket socket;

  private EventClient() {}

  /** Connects with this token. */
  public static EventClient connect(int port, String token) {
    EventClient client = new EventClient();
    client.socket =
        HTTP.newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(URI.create("ws://localhost:" + port + "/api/v1/events"), client)
            .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
            .join();
    return client;
  }

  public EventClient send(String text) {
    socket.sendText(text, true).join();
    return this;
  }

  public void sendBinary() {
    socket.sendBinary(ByteBuffer.wrap(new byte[] {1}), true).join();
  }

  /** Subscribes with this body and waits for the answer. */
  public JsonObject subscribe(String text) {
    send(text);
    return next();
  }

  /** The next message that is not a heartbeat. */
  public JsonObject next() {
    try {
      JsonObject message = received.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (message == null) {
        throw new AssertionError("nothing came within " + LIMIT);
      }
      return "heartbeat".equals(message.getString("type")) ? next() : message;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next so many messages. */
  public List<JsonObject> next(int count) {
    List<JsonObject> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(next());
    }
    return messages;
  }

  /** What has come and was not asked for yet. */
  public List<JsonObject> pending() {
    List<JsonObject> messages = new ArrayList<>();
    received.drainTo(messages);
    return messages;
  }

  /** Waits for the server to close; yields its code. */
  public int closeCode() {
    return closed.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  public boolean isOpen() {
    return !closed.isDone();
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(Long.MAX_VALUE);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      received.add(new JsonObject(part.toString()));
      part.setLength(0);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed.completeExceptionally(failure);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
