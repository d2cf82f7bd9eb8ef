package dev.valet.api.realtime;

import java.util.UUID;

/**
 * How far a socket is in the stream.
 *
 * @param stream identity of the stream
 * @param seq every event up to this one was sent, or is not for this socket
 * @param epoch of the tail that it reads from
 */
record Cursor(UUID stream, long seq, int epoch) {
  Cursor at(long next) {
    return new Cursor(stream, next, epoch);
  }
}
