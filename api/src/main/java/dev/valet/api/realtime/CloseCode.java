package dev.valet.api.realtime;

/** Why the server closes a socket of {@code /api/v1/events}; explained in docs/events.md. */
enum CloseCode {
  /** The process ends; another replica takes over. */
  GOING_AWAY(1001),

  /** Something that Valet needs is away. */
  TRY_AGAIN_LATER(1013),

  /** The client sent what is not allowed. */
  BAD_MESSAGE(4400),

  /** The token ran out, or what the caller may see is not what it was. */
  UNAUTHORIZED(4401),

  /** The subscription asks for what the caller may not see. */
  FORBIDDEN(4403),

  /** No subscription in time, or no answer to pings. */
  TIMEOUT(4408),

  /** The client does not keep up. */
  TOO_SLOW(4429);

  private final int code;

  CloseCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
