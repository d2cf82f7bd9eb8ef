package dev.valet.api.realtime;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The newest events of the stream, in a ring of bounded size that all sockets share. */
final class EventTail {
  private final StreamEvent[] ring;
  private @Nullable UUID stream;
  private long first = 1;
  private long head;
  private int epoch;

  EventTail(int capacity) {
    ring = new StreamEvent[capacity];
  }

  /** What there is after a sequence number. */
  sealed interface Found {
    /** These; none if it is the newest, or newer than what this replica has read. */
    record Events(List<StreamEvent> events) implements Found {}

    /** Something that is not in memory any more. */
    record Older() implements Found {}

    /** Nothing that belongs to what was given out before: numbers may mean something else now. */
    record Restarted() implements Found {}
  }

  /** Begins; if not for the first time, whatever was given out before does not continue here. */
  synchronized void start(UUID begun, long from) {
    epoch += stream == null ? 0 : 1;
    stream = begun;
    head = from;
    first = from + 1;
  }

  /**
   * Adds the next event.
   *
   * @throws IllegalArgumentException if it is not the next one
   */
  synchronized void add(StreamEvent event) {
    if (event.seq() != head + 1) {
      throw new IllegalArgumentException("After " + head + " comes not " + event.seq());
    }
    head = event.seq();
    ring[slot(head)] = event;
    first = Math.max(first, head - ring.length + 1);
  }

  /** The stream that is followed; null before the first start. */
  synchronized @Nullable UUID stream() {
    return stream;
  }

  synchronized long head() {
    return head;
  }

  /** Changes with every start but the first. */
  synchronized int epoch() {
    return epoch;
  }

  /** Up to so many events after that one, for a reader who came in that epoch. */
  synchronized Found after(long seq, int readersEpoch, int most) {
    if (readersEpoch != epoch) {
      return new Found.Restarted();
    }
    if (seq < first - 1) {
      return new Found.Older();
    }
    List<StreamEvent> events = new ArrayList<>();
    for (long next = seq + 1; next <= head && events.size() < most; next++) {
      events.add(ring[slot(next)]);
    }
    return new Found.Events(events);
  }

  private int slot(long seq) {
    return (int) (seq % ring.length);
  }
}
