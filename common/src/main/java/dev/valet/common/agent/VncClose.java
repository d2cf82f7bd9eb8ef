package dev.valet.common.agent;

/** Why a WebSocket that shows a desktop is closed; the same from the agent and from the API. */
public enum VncClose {
  /** The process that served it ends. */
  GOING_AWAY(1001),

  /** Something on the way is away; trying again later helps. */
  TRY_AGAIN_LATER(1013),

  /** The viewer sent what is not allowed. */
  BAD_MESSAGE(4400),

  /** The session is over, or the viewer may not see this any more. */
  UNAUTHORIZED(4401),

  /** Nothing was heard of the viewer, or it controlled and did nothing, or stayed too long. */
  TIMEOUT(4408),

  /** The desktop ended, or is not there; it starts again by itself if it can. */
  DESKTOP_GONE(4410);

  private final int code;

  VncClose(int code) {
    this.code = code;
  }

  /** The WebSocket's close code. */
  public int code() {
    return code;
  }
}
