package dev.valet.api.platform.outbox;

import dev.valet.api.platform.loop.Wakeups;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes the relay shortly after a commit, so that commits close together make one batch. */
@ApplicationScoped
class RelayAlarm {
  private static final long TOGETHER_MILLIS = 10;

  private final Vertx vertx;
  private final Wakeups wakeups;
  private final AtomicBoolean ringing = new AtomicBoolean();

  RelayAlarm(Vertx vertx, Wakeups wakeups) {
    this.vertx = vertx;
    this.wakeups = wakeups;
  }

  void ring() {
    if (ringing.compareAndSet(false, true)) {
      vertx.setTimer(TOGETHER_MILLIS, timer -> wake());
    }
  }

  private void wake() {
    ringing.set(false);
    wakeups.wake(Wakeups.EVENT_RELAY);
  }
}
