package dev.valet.local.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free TCP ports on the loopback network. */
public final class LoopbackPorts {
  /** Below the range that Linux hands to outgoing connections, so a kept port stays free. */
  private static final int FIRST = 20_000;

  private static final int LAST = 31_999;
  private static final int ATTEMPTS = 200;

  private LoopbackPorts() {}

  /**
   * A port on 127.0.0.1, from 20000 to 31999, that nothing listens on now.
   *
   * @throws StartException if none was found
   */
  public static int free() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (isFree("127.0.0.1", port)) {
        return port;
      }
    }
    throw new StartException(
        "No free TCP port between "
            + FIRST
            + " and "
            + LAST
            + " on 127.0.0.1: close some programs");
  }

  /**
   * Whether a program could listen on this address and port now.
   *
   * @param address a numeric address of this machine
   * @param port 1 to 65535
   */
  public static boolean isFree(String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // connections in TIME_WAIT do not matter
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
