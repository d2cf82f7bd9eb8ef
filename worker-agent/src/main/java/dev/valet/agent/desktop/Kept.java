package dev.valet.agent.desktop;

import dev.valet.agent.platform.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One program that is kept running: started again when it ends, after a pause that doubles with
 * every failure in a row. Everything happens on the one thread of the desktop.
 */
final class Kept {
  private static final Logger LOG = Logger.getLogger(Kept.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 10;

  /** Failures longer ago than this do not count. */
  private static final Duration STEADY = Duration.ofSeconds(60);

  /** Between asking it to end and killing it. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration READY_WITHIN = Duration.ofSeconds(15);

  private final Role role;
  private final ScheduledExecutorService thread;
  private final Ticker ticker;

  private @Nullable Child child;
  private long starts;
  private boolean wanted;
  private boolean ready;
  private long startedNanos;
  private int failures;

  /** What the program is. */
  interface Role {
    /** Its name, for people. */
    String name();

    /** Starts it; {@code heard} gets every line of its output, on the desktop's thread. */
    Child start(Consumer<String> heard) throws IOException;

    /** Whether this line of its output says that it is ready. */
    boolean isReady(String line);

    /** It is ready. */
    void up();

    /** It has ended, or could not be started; it will be started again. */
    void down(String reason);
  }

  Kept(Role role, ScheduledExecutorService thread, Ticker ticker) {
    this.role = role;
    this.thread = thread;
    this.ticker = ticker;
  }

  /** Starts it unless it is running already. */
  void start() {
    wanted = true;
    if (child == null) {
      attempt();
    }
  }

  /** Ends it for good, until {@link #start}. */
  void stop() {
    wanted = false;
    failures = 0;
    Child running = child;
    if (running != null) {
      end(running);
    }
  }

  /** Ends it in order to start it again. */
  void restart() {
    Child running = child;
    if (running != null) {
      end(running);
    }
  }

  /** Asked first, so that it cleans up behind itself. */
  private void end(Child running) {
    running.terminate();
    var _ = thread.schedule(running::kill, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void attempt() {
    if (!wanted || child != null) {
      return;
    }
    startedNanos = ticker.nanos();
    ready = false;
    long start = ++starts;
    try {
      Child fresh = role.start(line -> thread.execute(() -> heard(start, line)));
      child = fresh;
      fresh.onEnd(() -> thread.execute(() -> ended(fresh)));
      var _ =
          thread.schedule(() -> expectReady(start), READY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      failed("cannot be started: " + e.getMessage());
    }
  }

  private void heard(long start, String line) {
    if (start == starts && wanted && !ready && role.isReady(line)) {
      ready = true;
      role.up();
    }
  }

  private void expectReady(long start) {
    if (start == starts && !ready) {
      restart();
    }
  }

  private void ended(Child gone) {
    if (gone != child) {
      return;
    }
    child = null;
    if (wanted) {
      failed(gone.end());
    }
  }

  private void failed(String reason) {
    boolean steady = ready && ticker.nanos() - startedNanos >= STEADY.toNanos();
    failures = steady ? 1 : failures + 1;
    Duration pause = pause(failures);
    LOG.warnf("%s %s; starts again in %d ms", role.name(), reason, pause.toMillis());
    role.down(role.name() + " " + reason);
    var _ = thread.schedule(this::attempt, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Before the next start, after so many failures in a row, from 1. */
  static Duration pause(int failures) {
    Duration doubled = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
