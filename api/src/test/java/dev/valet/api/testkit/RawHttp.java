package dev.valet.api.testkit;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests that a decent client would not send, byte for byte. */
public final class RawHttp {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int CHUNK = 8_000;

  private RawHttp() {}

  /** A GET of that path as it stands; yields the whole answer. */
  public static String get(String path, String token) {
    return exchange(head("GET", path, token) + "\r\n");
  }

  /** A POST of JSON that does not say that it is. */
  public static String post(String path, String token, String body) {
    String length = "Content-Length: " + body.length() + "\r\n\r\n";
    return exchange(head("POST", path, token) + length + body);
  }

  /** A POST of JSON in chunks, so without its length. */
  public static String postChunked(String path, String token, String body) {
    StringBuilder request = new StringBuilder(head("POST", path, token));
    request.append("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < body.length(); i += CHUNK) {
      String chunk = body.substring(i, Math.min(body.length(), i + CHUNK));
      request.append(Integer.toHexString(chunk.length())).append("\r\n");
      request.append(chunk).append("\r\n");
    }
    return exchange(request.append("0\r\n\r\n").toString());
  }

  /** The status that the start of a WebSocket gets; header fields each end with a line break. */
  public static String upgrade(String path, String fields) {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + fields
            + "\r\n";
    return exchange(request, in -> in.readNBytes(12)).substring(9);
  }

  private static String head(String method, String path, String token) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
        + token
        + "\r\n";
  }

  private static String exchange(String request) {
    return exchange(request, InputStream::readAllBytes);
  }

  private interface Answer {
    byte[] read(InputStream in) throws IOException;
  }

  private static String exchange(String request, Answer answer) {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      write(socket.getOutputStream(), request);
      return new String(answer.read(socket.getInputStream()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that has heard enough may close while we still write; its answer is there already. */
  private static void write(OutputStream out, String request) {
    try {
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // The answer tells.
    }
  }
}
