package dev.valet.agent.desktop;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A VNC server that takes any password and then sends as much as anybody takes. */
final class FloodingVncServer implements AutoCloseable {
  private static final long MOST = 512L * 1024 * 1024;

  private final ServerSocket listening;
  private final CompletableFuture<Long> sent = new CompletableFuture<>();

  FloodingVncServer() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofPlatform().daemon().start(this::serve);
  }

  VncDoor door() {
    return new VncDoor(listening.getLocalPort(), "whatever");
  }

  /** How many bytes were taken until the connection ended. */
  CompletableFuture<Long> sent() {
    return sent;
  }

  private void serve() {
    long bytes = 0;
    try (Socket socket = listening.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      out.write("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
      in.readNBytes(12);
      out.write(new byte[] {1, 2});
      in.readNBytes(1);
      out.write(new byte[16]);
      in.readNBytes(16);
      out.write(new byte[4]);
      in.readNBytes(1);
      byte[] part = new byte[64 * 1024];
      while (bytes < MOST) {
        out.write(part);
        bytes += part.length;
      }
    } catch (IOException e) {
      // The other end closed.
    } finally {
      sent.complete(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
