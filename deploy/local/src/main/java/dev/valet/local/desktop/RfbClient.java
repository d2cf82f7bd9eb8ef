package dev.valet.local.desktop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A VNC viewer without a screen, over a WebSocket. It takes a message from the network only when
 * somebody reads.
 */
public final class RfbClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final HttpClient http;
  private final WebSocket socket;
  private final Ear ear;
  private byte[] rest = {};
  private int width;
  private int height;

  private RfbClient(HttpClient http, WebSocket socket, Ear ear) {
    this.http = http;
    this.socket = socket;
    this.ear = ear;
  }

  /** The upgrade was refused. */
  public static final class Refused extends IOException {
    private final int status;
    private final String contentType;

    Refused(int status, String contentType) {
      super("refused with HTTP " + status);
      this.status = status;
      this.contentType = contentType;
    }

    /** Of HTTP. */
    public int status() {
      return status;
    }

    /** Of the answer. */
    public String contentType() {
      return contentType;
    }
  }

  private static final class Ear implements WebSocket.Listener {
    private final LinkedBlockingQueue<byte[]> parts = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public void onOpen(WebSocket opened) {
      // Asks for nothing yet.
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      parts.add(bytes);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      parts.add(new byte[0]);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(-1);
      parts.add(new byte[0]);
    }
  }

  /**
   * Opens the WebSocket.
   *
   * @param bearer token; null for none
   * @param subprotocols offered
   * @throws Refused if the answer is no upgrade
   */
  public static RfbClient open(URI uri, @Nullable String bearer, String... subprotocols)
      throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    Ear ear = new Ear();
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (bearer != null) {
      builder.header("Authorization", "Bearer " + bearer);
    }
    if (subprotocols.length > 0) {
      builder.subprotocols(
          subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
    }
    try {
      return new RfbClient(
          http, builder.buildAsync(uri, ear).get(PATIENCE_SECONDS, TimeUnit.SECONDS), ear);
    } catch (ExecutionException e) {
      http.close();
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw new Refused(
            refused.getResponse().statusCode(),
            refused.getResponse().headers().firstValue("Content-Type").orElse(""));
      }
      throw e;
    }
  }

  /** The subprotocol that was agreed on; empty for none. */
  public String subprotocol() {
    return socket.getSubprotocol();
  }

  /** The whole handshake; the password-less type must be offered. */
  public RfbClient shakeHands() throws Exception {
    expect("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
    send("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
    expect(new byte[] {1, 1});
    send(new byte[] {1});
    expect(new byte[4]);
    send(new byte[] {0}); // not shared: it asks for the others to be thrown out
    ByteBuffer init = ByteBuffer.wrap(read(24));
    width = init.getShort();
    height = init.getShort();
    read(init.getInt(20));
    send(new byte[] {2, 0, 0, 1, 0, 0, 0, 0}); // raw pixels only
    return this;
  }

  /** Width of the screen. */
  public int width() {
    return width;
  }

  /** Height of the screen. */
  public int height() {
    return height;
  }

  /** Asks for the whole screen. */
  public void askForFrame() throws Exception {
    send(
        ByteBuffer.allocate(10)
            .put((byte) 3)
            .put((byte) 0)
            .putInt(0)
            .putShort((short) width)
            .putShort((short) height)
            .array());
  }

  /** The whole screen, asked for and read; the number of pixels that came. */
  public int frame() throws Exception {
    askForFrame();
    int pixels = 0;
    while (pixels < width * height) {
      expect(new byte[] {0, 0});
      int rectangles = ByteBuffer.wrap(read(2)).getShort();
      for (int i = 0; i < rectangles; i++) {
        ByteBuffer head = ByteBuffer.wrap(read(12));
        int area = head.getShort(4) * head.getShort(6);
        read(area * 4);
        pixels += area;
      }
    }
    return pixels;
  }

  /** Moves the pointer. */
  public void point(int x, int y) throws Exception {
    send(
        ByteBuffer.allocate(6)
            .put((byte) 5)
            .put((byte) 0)
            .putShort((short) x)
            .putShort((short) y)
            .array());
  }

  /** Sends bytes as one message. */
  public void send(byte[] bytes) throws Exception {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends a message that is text. */
  public void sendText(String text) throws Exception {
    socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The next so many bytes. */
  public byte[] read(int count) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (bytes.size() < count) {
      if (rest.length == 0) {
        rest = next();
      }
      int part = Math.min(rest.length, count - bytes.size());
      bytes.write(rest, 0, part);
      rest = Arrays.copyOfRange(rest, part, rest.length);
    }
    return bytes.toByteArray();
  }

  /** Reads on until the other end closes; with which code. */
  public int awaitClose() throws Exception {
    socket.request(Long.MAX_VALUE);
    return ear.closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private byte[] next() throws Exception {
    socket.request(1);
    byte[] part = ear.parts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (part == null || part.length == 0) {
      throw new IOException("no more bytes came; closed: " + ear.closed.getNow(0));
    }
    return part;
  }

  private void expect(byte[] bytes) throws Exception {
    byte[] came = read(bytes.length);
    if (!Arrays.equals(came, bytes)) {
      throw new IOException("got " + Arrays.toString(came) + ", not " + Arrays.toString(bytes));
    }
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
