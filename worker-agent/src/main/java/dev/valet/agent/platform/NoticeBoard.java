package dev.valet.agent.platform;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What EC2 has announced for this machine, in words, for whoever draws the health answer. */
@Singleton
public final class NoticeBoard {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile List<String> notices = List.of();

  /** All that stand now. */
  public List<String> current() {
    return notices;
  }

  /** These stand from now on, and no others. */
  public void show(List<String> now) {
    if (!now.equals(notices)) {
      notices = List.copyOf(now);
      listeners.forEach(Runnable::run);
    }
  }

  /** Tells the listener, which must return at once, whenever something changed. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }
}
