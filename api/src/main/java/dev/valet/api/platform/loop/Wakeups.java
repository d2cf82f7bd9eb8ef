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
