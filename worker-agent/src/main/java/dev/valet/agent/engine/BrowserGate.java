package dev.valet.agent.engine;

import dev.valet.agent.engine.process.ProcessTable;
import dev.valet.agent.netguard.Gate;
import dev.valet.agent.netguard.PeerSockets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a run's own processes through its proxy, and whoever shows its password. Browsers cannot be
 * given a password for their proxy at their start; the kernel says whose a connection is.
 */
final class BrowserGate implements Gate {
  private static final long NOBODY = -1;

  private final Path run;
  private final byte[] credentials;

  /** A browser connects from one process, mostly. */
  private volatile long lastSeen = NOBODY;

  BrowserGate(Path run, BrowserRun.Login login) {
    this.run = run;
    this.credentials =
        ("Basic "
                + Base64.getEncoder()
                    .encodeToString(
                        (login.user() + ":" + login.password().reveal())
                            .getBytes(StandardCharsets.UTF_8)))
            .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean admits(int clientPort, int proxyPort, @Nullable String shown) {
    if (shown != null) {
      return MessageDigest.isEqual(credentials, shown.getBytes(StandardCharsets.UTF_8));
    }
    Optional<String> socket = PeerSockets.find(clientPort, proxyPort);
    return socket.isPresent() && isOfTheRun(socket.get());
  }

  private boolean isOfTheRun(String socket) {
    long last = lastSeen;
    if (last != NOBODY && PeerSockets.holds(last, socket)) {
      return true;
    }
    for (long pid : ProcessTable.of(run)) {
      if (PeerSockets.holds(pid, socket)) {
        lastSeen = pid;
        return true;
      }
    }
    return false;
  }
}
