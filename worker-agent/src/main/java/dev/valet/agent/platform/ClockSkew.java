package dev.valet.agent.platform;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** By how much the API's clock is ahead of this machine's, as its last answer told. */
@Singleton
public final class ClockSkew {
  /** The API tells whole seconds; the time meant is half a second later on average. */
  private static final Duration ROUNDING = Duration.ofMillis(500);

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Duration skew;

  /** Positive when this machine's clock is behind; null before the API has told the time. */
  public @Nullable Duration current() {
    return skew;
  }

  /**
   * The API answered, and told the time.
   *
   * @param apiTime as told, in whole seconds
   * @param asked when, by this machine's clock
   * @param answered when, by the same
   */
  public void learn(Instant apiTime, Instant asked, Instant answered) {
    Instant middle = asked.plus(Duration.between(asked, answered).dividedBy(2));
    skew = Duration.between(middle, apiTime.plus(ROUNDING));
    listeners.forEach(Runnable::run);
  }

  /** Tells the listener, which must return at once, whenever the API told the time. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }
}
