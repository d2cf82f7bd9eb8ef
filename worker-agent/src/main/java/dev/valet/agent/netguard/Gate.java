package dev.valet.agent.netguard;

import org.jspecify.annotations.Nullable;

/** Decides who may use a proxy; other processes of the machine may not. */
@FunctionalInterface
public interface Gate {
  /**
   * Whether a connection is let in. May block.
   *
   * @param clientPort port that the connection comes from, on loopback
   * @param proxyPort port that it came to
   * @param credentials its {@code Proxy-Authorization}; null without
   */
  boolean admits(int clientPort, int proxyPort, @Nullable String credentials);
}
