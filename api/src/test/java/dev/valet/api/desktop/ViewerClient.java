package dev.valet.api.desktop;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A viewer that keeps what it receives, once it {@link #listens}. */
final class ViewerClient implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long PATIENCE_SECONDS = 20;

  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private WebSocket socket;

  private ViewerClient() {}

  /** Connects; the status of the answer if that is no upgrade. */
  static ViewerClient open(int port, String path, Map<String, String> headers, String... protocols)
      throws Exception {
    ViewerClient client = new ViewerClient();
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    headers.forEach(builder::header);
    if (protocols.length > 0) {
      builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
    }
    client.socket =
        builder
            .buildAsync(URI.create("ws://localhost:" + port + path), client)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return client;
  }

  static int refusal(int port, String path, Map<String, String> headers, String... protocols)
      throws Exception {
    try (ViewerClient client = open(port, path, headers, protocols)) {
      throw new AssertionError("it was let in with " + client.socket.getSubprotocol());
    } catch (ExecutionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  String subprotocol() {
    return socket.getSubprotocol();
  }

  ViewerClient listens() {
    socket.request(Long.MAX_VALUE);
    return this;
  }

  void say(String text) throws Exception {
    socket
        .sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), true)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void sayInText(String text) throws Exception {
    socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  synchronized String heard() {
    return received.toString(StandardCharsets.US_ASCII);
  }

  /** With which code the other end closes. */
  int awaitClose() throws Exception {
    listens();
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void leave() throws Exception {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void onOpen(WebSocket opened) {
    // Asks for nothing yet.
  }

  @Override
  public synchronized CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    received.writeBytes(bytes);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
