package dev.valet.api.realtime;

import dev.valet.common.sandbox.Environment;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/** Events for unit tests. */
final class Fixture {
  static final UUID TENANT = UUID.fromString("00000000-0000-7000-8000-000000000001");
  static final UUID SANDBOX = UUID.fromString("00000000-0000-7000-8000-000000000002");

  private Fixture() {}

  static StreamEvent event(long seq) {
    return new StreamEvent(
        seq, Instant.EPOCH, "sandbox.phase", TENANT, Environment.DEV, SANDBOX, "event " + seq);
  }

  static List<StreamEvent> events(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(Fixture::event).toList();
  }

  static List<String> texts(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(seq -> "event " + seq).toList();
  }
}
