package dev.valet.api.realtime;

import io.smallrye.mutiny.Uni;

/** The other end of a socket. */
interface Peer {
  /** Sends; done when it left this process. */
  Uni<Void> send(String text);

  void ping();

  /** Says goodbye; the connection ends when the other end has answered. */
  void close(CloseCode code, String reason);

  /** Ends the connection at once, whatever is still on its way. */
  void abort();
}
