package dev.valet.api.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that sends one message and then takes nothing from its connection. */
public final class DeafClient implements AutoCloseable {
  private static final int RECEIVE_BUFFER = 8 * 1024;
  private static final int MASKED = 0x80;
  private static final int FINAL_TEXT = 0x81;

  private final Socket socket = new Socket();

  /**
   * Connects to {@code /api/v1/events} and sends.
   *
   * @param message ASCII, shorter than 126 characters
   */
  public DeafClient(int port, String token, String message) {
    try {
      socket.setReceiveBufferSize(RECEIVE_BUFFER);
      socket.connect(new InetSocketAddress("localhost", port));
      write(
          "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
              + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
              + token
              + "\r\n\r\n");
      readHead();
      // The mask is zero, so the text stands as it is.
      socket.getOutputStream().write(FINAL_TEXT);
      socket.getOutputStream().write(MASKED | message.length());
      socket.getOutputStream().write(new byte[4]);
      write(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) socket.getInputStream().read());
    }
    if (!head.toString().startsWith("HTTP/1.1 101")) {
      throw new AssertionError("no upgrade: " + head);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
