package dev.valet.common.desktop;

import dev.valet.common.agent.VncMode;
import java.time.Instant;
import java.util.List;

/**
 * Opens the WebSocket of a desktop, once, for who asked for it.
 *
 * @param ticket the secret itself, such as {@code q8Yk2m0Zr5Vb7hPz1cXw9t4sJd6uLf3gNa0eTiKoMvE}
 * @param mode what the viewer may do, such as {@code view}
 * @param expiresAt until when the WebSocket must be opened, such as {@code 2026-03-01T12:00:45Z}
 * @param path of the WebSocket, such as {@code
 *     /api/v1/sandboxes/0197f0a0-5e3b-7c3e-8a30-2b1f6f1c2d3e/vnc}
 * @param subprotocols to offer there, such as {@code ["binary",
 *     "valet.ticket.q8Yk2m0Zr5Vb7hPz1cXw9t4sJd6uLf3gNa0eTiKoMvE"]}
 */
public record VncTicket(
    String ticket, VncMode mode, Instant expiresAt, String path, List<String> subprotocols) {

  /** Begins the subprotocol that carries the ticket. */
  public static final String SUBPROTOCOL = "valet.ticket.";

  /** Copies the list. */
  public VncTicket {
    subprotocols = List.copyOf(subprotocols);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "VncTicket[" + mode + " until " + expiresAt + " at " + path + "]";
  }
}
