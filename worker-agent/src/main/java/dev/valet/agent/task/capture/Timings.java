package dev.valet.agent.task.capture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.valet.agent.platform.time.Ticker;
import java.util.concurrent.TimeUnit;

/** How long the steps of a capture took. */
final class Timings {
  private final Ticker ticker;
  private final long began;
  private long last;
  private long start;
  private long navigation;
  private long wait;
  private long capture;

  Timings(Ticker ticker) {
    this.ticker = ticker;
    this.began = ticker.nanos();
    this.last = began;
  }

  private long lap() {
    long now = ticker.nanos();
    long lap = now - last;
    last = now;
    return lap;
  }

  void started() {
    start = lap();
  }

  void navigated() {
    navigation = lap();
  }

  void waited() {
    wait = lap();
  }

  void captured() {
    capture = lap();
  }

  void writeTo(ObjectNode node) {
    node.put("startMillis", millis(start));
    node.put("navigationMillis", millis(navigation));
    node.put("waitMillis", millis(wait));
    node.put("captureMillis", millis(capture));
    node.put("totalMillis", millis(last - began));
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
