package dev.valet.local.supervisor;

import dev.valet.local.host.StartException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one part running on a thread of its own: starts it, waits for its end, starts it again
 * after the {@link Backoff}, until it is stopped.
 */
final class Keeper {
  private static final long POLL_MILLIS = 100;

  /** A part that dies so often before it was ready once will not get better by itself. */
  private static final int HOPELESS = 3;

  private final Part part;
  private final Progress progress;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final AtomicReference<Part.@Nullable Running> running = new AtomicReference<>();
  private final Thread thread;

  Keeper(Part part, Progress progress) {
    this.part = part;
    this.progress = progress;
    this.thread = Thread.ofPlatform().daemon().name("keeper " + part.name()).unstarted(this::keep);
  }

  /**
   * Starts keeping.
   *
   * @return completes when the part is ready for the first time; exceptionally, with a {@link
   *     StartException}, if it will not be
   */
  CompletableFuture<Void> begin() {
    thread.start();
    return ready;
  }

  String name() {
    return part.name();
  }

  boolean isReady() {
    return ready.isDone() && !ready.isCompletedExceptionally();
  }

  private void keep() {
    Backoff backoff = Backoff.NONE;
    while (!isStopped()) {
      long start = System.nanoTime();
      String end = runOnce();
      if (isStopped()) {
        return;
      }
      backoff = backoff.afterDeath(Duration.ofNanos(System.nanoTime() - start));
      if (!ready.isDone() && backoff.deaths() >= HOPELESS) {
        ready.completeExceptionally(failure(end));
        return;
      }
      progress.say(
          "%s ended (%s): starting it again in %d s; its log is %s",
          part.name(), end, backoff.delay().toSeconds(), part.log().path());
      pause(backoff.delay());
    }
  }

  /** One run from start to end; returns how it ended. */
  private String runOnce() {
    try {
      Part.Running run = part.start();
      running.set(run);
      if (isStopped()) { // stop() may have come before it could see this run
        run.stop(Duration.ZERO);
      }
      CompletableFuture<String> end = run.end();
      awaitReady(end);
      return end.get();
    } catch (StartException e) {
      return String.valueOf(e.getMessage());
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private void awaitReady(CompletableFuture<String> end) throws InterruptedException {
    while (!end.isDone() && !isStopped()) {
      if (part.isReady()) {
        boolean first = ready.complete(null);
        progress.say(first ? "%s is ready" : "%s is ready again", part.name());
        return;
      }
      if (stopped.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  private StartException failure(String end) {
    String last = String.join(" ", part.log().tail(1)).strip();
    return new StartException(
        "%s does not start (%s%s): see %s"
            .formatted(part.name(), end, last.isEmpty() ? "" : "; " + last, part.log().path()));
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void pause(Duration delay) {
    try {
      if (stopped.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops the part for good; returns when it is gone, or when the patience is over. */
  void stop(Duration patience) {
    stopped.countDown();
    Part.Running run = running.get();
    if (run != null) {
      run.stop(patience);
    }
    ready.completeExceptionally(new StartException(part.name() + " was stopped"));
    try {
      thread.join(patience); // it may be in the middle of a start, which it undoes by itself
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
