package dev.valet.common.event;

import java.util.UUID;

/** What {@code /api/v1/events} says besides events; told from them by {@code type}. */
public sealed interface StreamNotice {

  /** {@code subscribed}, {@code heartbeat}, {@code resync} or {@code error}. */
  String type();

  /**
   * The subscription stands.
   *
   * @param stream identity of the stream; goes with {@code seq} when resuming
   * @param seq events after this one follow
   */
  record Subscribed(String type, UUID stream, long seq) implements StreamNotice {
    /** With its type. */
    public Subscribed(UUID stream, long seq) {
      this("subscribed", stream, seq);
    }
  }

  /**
   * The connection works.
   *
   * @param seq every event up to this one was sent, or is none that was asked for
   */
  record Heartbeat(String type, long seq) implements StreamNotice {
    /** With its type. */
    public Heartbeat(long seq) {
      this("heartbeat", seq);
    }
  }

  /**
   * Events were missed: whatever the client shows must be read again. The stream goes on.
   *
   * @param stream identity of the stream from here on
   * @param seq events after this one follow
   * @param reason why, for people
   */
  record Resync(String type, UUID stream, long seq, String reason) implements StreamNotice {
    /** With its type. */
    public Resync(UUID stream, long seq, String reason) {
      this("resync", stream, seq, reason);
    }
  }

  /**
   * The server closes the connection.
   *
   * @param code the close code that follows
   * @param detail what was wrong and what is allowed
   */
  record Fault(String type, int code, String detail) implements StreamNotice {
    /** With its type. */
    public Fault(int code, String detail) {
      this("error", code, detail);
    }
  }
}
