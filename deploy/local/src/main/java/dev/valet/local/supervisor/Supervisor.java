package dev.valet.local.supervisor;

import dev.valet.local.host.StartException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Starts groups of parts one after the other, the parts of a group at once, and stops the groups in
 * reverse order.
 */
final class Supervisor {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  /** Everything must be gone within ten seconds of a signal. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(9);

  /** Kept for each group that stops later, out of the limit. */
  private static final Duration RESERVE = Duration.ofSeconds(2);

  private final Progress progress;
  private final List<List<Keeper>> groups = new ArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();

  Supervisor(Progress progress) {
    this.progress = progress;
  }

  /**
   * Begins to start the parts of the next group.
   *
   * @return completes when all of them are ready for the first time, or when the first of them will
   *     not be
   * @throws StartException if a stop came meanwhile
   */
  synchronized CompletableFuture<Void> begin(Part... parts) {
    if (stopped.get()) {
      throw new StartException("stopped while starting");
    }
    List<Keeper> group = new ArrayList<>();
    List<CompletableFuture<Void>> ready = new ArrayList<>();
    for (Part part : parts) {
      Keeper keeper = new Keeper(part, progress);
      group.add(keeper);
      ready.add(keeper.begin());
    }
    groups.add(group);
    return firstFailureOrAll(ready);
  }

  /**
   * Begins to start one more part beneath all groups but the first: it stops after those that may
   * need it until their end.
   *
   * @return as {@link #begin}
   * @throws StartException if a stop came meanwhile
   */
  synchronized CompletableFuture<Void> beginBeneath(Part part) {
    if (stopped.get()) {
      throw new StartException("stopped while starting");
    }
    Keeper keeper = new Keeper(part, progress);
    groups.add(Math.min(1, groups.size()), List.of(keeper));
    return keeper.begin();
  }

  private static CompletableFuture<Void> firstFailureOrAll(List<CompletableFuture<Void>> each) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    CompletableFuture<?>[] passedOn =
        each.stream()
            .map(one -> one.whenComplete((nothing, failure) -> fail(result, failure)))
            .toArray(CompletableFuture[]::new);
    var unused = CompletableFuture.allOf(passedOn).thenRun(() -> result.complete(null));
    return result;
  }

  private static void fail(CompletableFuture<Void> result, @Nullable Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(failure);
    }
  }

  /**
   * Waits until groups are ready.
   *
   * @throws StartException if a part will not be; the message says which and why
   */
  @SafeVarargs
  final void awaitReady(CompletableFuture<Void>... ready) {
    try {
      firstFailureOrAll(List.of(ready)).get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StartException start) {
        throw start;
      }
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw new StartException(
          "%s: not ready after %d s; see the folder logs in the data folder"
              .formatted(String.join(", ", notReady()), START_LIMIT.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while starting", e);
    }
  }

  /** Whether a stop came. */
  boolean isStopped() {
    return stopped.get();
  }

  private synchronized List<String> notReady() {
    return groups.stream()
        .flatMap(List::stream)
        .filter(keeper -> !keeper.isReady())
        .map(Keeper::name)
        .toList();
  }

  /** Stops everything, last group first, and returns when all is gone; a second call waits too. */
  synchronized void stop() {
    stopped.set(true);
    long end = System.nanoTime() + STOP_LIMIT.toNanos();
    while (!groups.isEmpty()) {
      List<Keeper> group = groups.removeLast();
      Duration left = Duration.ofNanos(end - System.nanoTime());
      stop(group, left.minus(RESERVE.multipliedBy(groups.size())));
    }
  }

  private static void stop(List<Keeper> group, Duration patience) {
    Duration positive = patience.isNegative() ? Duration.ZERO : patience;
    List<Thread> stops = new ArrayList<>();
    for (Keeper keeper : group) {
      stops.add(Thread.startVirtualThread(() -> keeper.stop(positive)));
    }
    stops.forEach(Supervisor::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
