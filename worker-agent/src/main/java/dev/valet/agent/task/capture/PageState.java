package dev.valet.agent.task.capture;

import dev.valet.agent.platform.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the browser's events tell of a page; written on an event loop, awaited by a task. */
final class PageState {
  private static final int MOST_REQUESTS = 10_000;

  /** A page that failed because its script leads elsewhere is followed by another. */
  private static final Duration SECOND_CHANCE = Duration.ofMillis(300);

  private final Ticker ticker;
  private final EnumSet<Milestone> reached = EnumSet.noneOf(Milestone.class);
  private final Set<String> underWay = new HashSet<>();
  private long quietSince;
  private @Nullable Integer status;
  private @Nullable String failure;
  private long failedAt;

  PageState(Ticker ticker) {
    this.ticker = ticker;
    this.quietSince = ticker.nanos();
  }

  /** On the way of a page. */
  enum Milestone {
    PARSED,
    LOADED
  }

  /** Another document takes the place of the one before. */
  synchronized void begun() {
    reached.clear();
    failure = null;
  }

  synchronized void reached(Milestone milestone) {
    reached.add(milestone);
    notifyAll();
  }

  synchronized void answered(int code) {
    status = code;
  }

  /** The page cannot come any more, unless another begins at once. */
  synchronized void failed(String why) {
    failure = why;
    failedAt = ticker.nanos();
  }

  synchronized void requestBegan(String id) {
    if (underWay.size() < MOST_REQUESTS) {
      underWay.add(id);
    }
  }

  synchronized void requestEnded(String id) {
    underWay.remove(id);
    quietSince = ticker.nanos();
    notifyAll();
  }

  /** Status of the last document's answer; null if there was none. */
  synchronized @Nullable Integer status() {
    return status;
  }

  synchronized boolean has(Milestone milestone) {
    return reached.contains(milestone);
  }

  synchronized boolean isQuietFor(Duration length) {
    return underWay.isEmpty() && ticker.nanos() - quietSince >= length.toNanos();
  }

  /**
   * Waits until the page is as wanted.
   *
   * @throws IOException if it fails, or is not within that time
   */
  synchronized void await(Predicate<PageState> wanted, String what, Deadline deadline)
      throws IOException, InterruptedException {
    while (!wanted.test(this)) {
      if (failure != null && ticker.nanos() - failedAt >= SECOND_CHANCE.toNanos()) {
        throw new IOException(failure);
      }
      // Quiet comes without an event.
      wait(Math.clamp(deadline.left(what).toMillis(), 1, 50));
    }
  }
}
