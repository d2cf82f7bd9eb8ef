package dev.valet.api.platform.loop;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hints to a loop of this replica that there is work now. Given after a commit; losing one costs at
 * most the loop's period, because what is due is decided by the rows.
 */
@ApplicationScoped
public class Wakeups {
  /** The loop that reconciles sandboxes. */
  public static final String RECONCILER = "reconciler";

  /** The loop that moves events from the outbox into the stream. */
  public static final String EVENT_RELAY = "event-relay";

  /** The loop that brings new events of the stream to this replica's clients. */
  public static final String EVENT_FANOUT = "event-fanout";

  private final Map<String, Runnable> loops = new ConcurrentHashMap<>();

  /** Asks the loop to run soon; unknown names are ignored, as loops may be switched off. */
  public void wake(String loop) {
    Runnable wake = loops.get(loop);
    if (wake != null) {
      wake.run();
    }
  }

  void register(String loop, Runnable wake) {
    loops.put(loop, wake);
  }
}
