package dev.valet.agent.platform;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a thread that belongs to one task wait for what an event loop does. Never call it on an
 * event loop.
 */
public final class Awaiting {
  private Awaiting() {}

  /**
   * Waits for the result.
   *
   * @param what names it in messages
   * @throws IOException if it fails, or does not come in time
   */
  public static <T> T result(Future<T> future, Duration limit, String what)
      throws IOException, InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    future.onComplete(result -> done.countDown());
    if (!done.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IOException(what + " took longer than " + limit.toMillis() + " ms");
    }
    if (future.failed()) {
      Throwable cause = future.cause();
      throw new IOException(
          what + ": " + Objects.requireNonNullElse(cause.getMessage(), cause.toString()), cause);
    }
    return future.result();
  }
}
