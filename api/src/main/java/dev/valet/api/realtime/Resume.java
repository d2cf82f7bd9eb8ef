package dev.valet.api.realtime;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether a client that comes back can have exactly what it missed. */
final class Resume {
  private Resume() {}

  /**
   * Why not; null if it can.
   *
   * @param after the last sequence number that the client has
   * @param stream the stream that it belongs to; null if the client does not say
   */
  static @Nullable String missed(StreamPage now, long after, @Nullable UUID stream) {
    if (stream != null && !stream.equals(now.stream())) {
      return "\"stream\" is another one: the database was restored or failed over";
    }
    if (after > now.head()) {
      return "\"after\" is beyond the newest event";
    }
    return after < now.oldest() - 1 ? "\"after\" is older than what is kept" : null;
  }
}
