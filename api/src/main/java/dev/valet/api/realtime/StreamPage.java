package dev.valet.api.realtime;

import java.util.List;
import java.util.UUID;

/**
 * A part of the stream, with how things stood when it was read.
 *
 * @param stream identity of the stream
 * @param head newest sequence number given so far
 * @param oldest sequence number of the oldest event that is kept; head + 1 if there is none
 * @param events in order
 */
record StreamPage(UUID stream, long head, long oldest, List<StreamEvent> events) {

  /** Whether the event after that one is missing although it was given a number. */
  boolean lacksNextOf(long seq) {
    return events.isEmpty() ? seq < head : events.getFirst().seq() != seq + 1;
  }
}
