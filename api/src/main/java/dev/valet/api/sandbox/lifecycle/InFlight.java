package dev.valet.api.sandbox.lifecycle;

import java.util.concurrent.atomic.AtomicInteger;

/** How many sandboxes this replica is working on, against how many it may. Thread-safe. */
final class InFlight {
  private final int limit;
  private final AtomicInteger count = new AtomicInteger();

  InFlight(int limit) {
    this.limit = limit;
  }

  int room() {
    return Math.max(0, limit - count.get());
  }

  void add(int weight) {
    count.addAndGet(weight);
  }

  void remove(int weight) {
    count.addAndGet(-weight);
  }

  int count() {
    return count.get();
  }
}
