package dev.valet.agent.netguard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells which socket of this machine is at the other end of a loopback connection, and whose. */
public final class PeerSockets {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int INODE = 9;

  private PeerSockets() {}

  /** The client's socket of that connection, as {@code /proc} names it. */
  public static Optional<String> find(int clientPort, int proxyPort) {
    return TABLES.stream()
        .flatMap(PeerSockets::lines)
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns.length > INODE)
        .filter(columns -> isPort(columns[LOCAL], clientPort))
        .filter(columns -> isPort(columns[REMOTE], proxyPort))
        .map(columns -> "socket:[" + columns[INODE] + "]")
        .findFirst();
  }

  /** Whether that process has the socket open; no if the process is gone or not ours to look at. */
  public static boolean holds(long pid, String socket) {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.anyMatch(descriptor -> isLinkTo(descriptor, socket));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table, StandardCharsets.US_ASCII).stream().skip(1);
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static boolean isPort(String address, int port) {
    int colon = address.lastIndexOf(':');
    return colon >= 0 && Integer.parseInt(address.substring(colon + 1), 16) == port;
  }

  private static boolean isLinkTo(Path descriptor, String socket) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals(socket);
    } catch (IOException e) {
      return false;
    }
  }
}
