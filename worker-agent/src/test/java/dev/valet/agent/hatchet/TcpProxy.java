package dev.valet.agent.hatchet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between worker and engine, and can be a bad network. */
final class TcpProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile boolean blackHole;

  TcpProxy(int target) throws IOException {
    this(new ServerSocket(), target);
  }

  /**
   * Another kind of socket.
   *
   * @param server not bound yet
   */
  TcpProxy(ServerSocket server, int target) throws IOException {
    this.server = server;
    this.target = target;
    server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on nothing passes, in either direction, and nobody is told. */
  void blackHole(boolean on) {
    blackHole = on;
    if (!on) {
      cut();
    }
  }

  /** Ends all connections. */
  void cut() {
    open.forEach(TcpProxy::close);
    open.clear();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.ofLiteral("127.0.0.1"), target);
        open.addAll(List.of(near, far));
        Thread.ofVirtual().start(() -> pump(near, far));
        Thread.ofVirtual().start(() -> pump(far, near));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] part = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(part); read >= 0; read = in.read(part)) {
        if (!blackHole) {
          out.write(part, 0, read);
        }
      }
    } catch (IOException e) {
      // cut
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // gone
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
